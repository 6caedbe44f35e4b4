package io.meshbridge.it.nativegap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;

/**
 * Watches what a program looks up by name while it runs, which is what a native executable of it
 * must have registered. Brings nothing but itself and ASM into the program.
 */
public final class RecorderAgent {
  private RecorderAgent() {}

  /**
   * Called by the JVM before the program's own {@code main}.
   *
   * @param folder where the file with this process's record is made
   * @throws IOException if none can be made there: a program without a record must not look clean
   */
  public static void premain(String folder, Instrumentation instrumentation) throws IOException {
    var journal = Journal.in(Path.of(folder));
    Recorder.writeTo(journal);
    instrumentation.addTransformer(new CallSites(journal));
  }
}
