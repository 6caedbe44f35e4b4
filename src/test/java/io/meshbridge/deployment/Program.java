package io.meshbridge.deployment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the machine that tests run, such as {@code kubectl}. */
record Program(Path file) {
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
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      var candidate = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(new Program(candidate));
      }
    }
    return Optional.empty();
  }

  Output run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    var out = Files.createTempFile("meshbridge-", ".out");
    var err = Files.createTempFile("meshbridge-", ".err");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " did not end");
      }
      return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
