package io.meshbridge.testkit.tools;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds programs, and runs small ones to their end. */
public final class Programs {
  private static final int PATIENCE_SECONDS = 120;

  private Programs() {}

  /** Where a program of this name stands on the path. */
  public static Optional<Path> onPath(String program) {
    var path = System.getenv().getOrDefault("PATH", "");
    for (String folder : List.of(path.split(File.pathSeparator, -1))) {
      var candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var ended = process.waitFor(10, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended && process.exitValue() == 0;
    } catch (IOException cannotStart) {
      return false;
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What a program prints.
   *
   * @throws IOException if it cannot be started, fails, or does not end within two minutes
   */
  static byte[] output(List<String> command) throws IOException, InterruptedException {
    var output = Files.createTempFile("meshbridge-", ".out");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(false)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " did not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(command.getFirst() + " ended with " + process.exitValue());
      }
      return Files.readAllBytes(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
