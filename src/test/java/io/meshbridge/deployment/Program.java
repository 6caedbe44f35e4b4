package io.meshbridge.deployment;

import io.meshbridge.testkit.tools.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the machine that tests run, such as {@code kubectl}. */
record Program(List<String> command) {
  private static final int PATIENCE_SECONDS = 60;

  /** What a program printed. */
  record Output(int code, String out, String err) {
    /** What came on standard output, of a program that succeeded. */
    String whole() {
      if (code != 0) {
        throw new IllegalStateException("ended with " + code + ": " + err);
      }
      return out;
    }
  }

  static Optional<Program> onPath(String name) {
    return Programs.onPath(name).map(found -> new Program(List.of(found.toString())));
  }

  Output run(String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    var out = Files.createTempFile("meshbridge-", ".out");
    var err = Files.createTempFile("meshbridge-", ".err");
    try {
      var process =
          new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(line + " did not end");
      }
      return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
