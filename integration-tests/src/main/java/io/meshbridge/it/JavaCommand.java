package io.meshbridge.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start another JVM of the same make as this one. */
final class JavaCommand {
  private static final Path JAVA =
      Path.of(System.getProperty("java.home", ""), "bin", "java").toAbsolutePath();

  private JavaCommand() {}

  /** The command for a JVM with these flags and arguments; its heap is bounded. */
  static List<String> with(String maxHeap, List<String> flags, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(JAVA.toString());
    command.add("-Xmx" + maxHeap);
    command.add("-XX:+UseSerialGC");
    // These JVMs live for seconds: the optimising compiler would only take their processor time.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
