package io.meshbridge.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command of the packaged application that ran to its end.
 *
 * @param output standard output and standard error
 */
record Command(int exitCode, String output) {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Runs it with a configuration. */
  static Command run(Path folder, BridgeConfiguration configuration, String... arguments)
      throws IOException, InterruptedException {
    var file = folder.resolve("command.properties");
    configuration.write(file);
    var configured = new ArrayList<>(List.of(arguments));
    configured.addAll(List.of("--config", file.toString()));
    return run(folder, configured);
  }

  /** Runs it with these arguments and no others. */
  static Command run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    return run(folder, CallRecording.flagsOfBridges(), LIMIT, arguments);
  }

  /** The same, with these flags for the JVM, and as long as they make it take. */
  static Command run(Path folder, List<String> flags, Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    var line = ApplicationCommand.of(Federation.application(), "256m", flags, List.of(), arguments);
    try (var process = ChildProcess.start(line, Map.of(), folder.resolve("command.log"))) {
      if (!process.awaitExit(limit)) {
        throw new IOException("still runs after " + limit + ": " + arguments);
      }
      return new Command(process.exitCode(), process.log());
    }
  }
}
