package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** The consumers under {@code examples}, as their users run them. */
final class ExampleConsumers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INSTALLATION = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PYTHON = ROOT.resolve("examples/consumer-python");
  private static final Path JAVA = ROOT.resolve("examples/consumer-java/target/classes");
  private static final String SCHEMA =
      ROOT.resolve("src/main/resources/schemas/export.schema.json").toString();

  private ExampleConsumers() {}

  /** What the one in Java prints with {@code --once}. */
  static JsonNode java(Federation federation, String addresses)
      throws IOException, InterruptedException {
    var classPath = JAVA + File.pathSeparator + System.getProperty("java.class.path", "");
    return printed(
        federation,
        JavaCommand.with(
            "128m",
            List.of(),
            List.of(
                "-cp",
                classPath,
                "io.meshbridge.examples.LiveInventory",
                addresses,
                federation.name(),
                SCHEMA,
                "--once")));
  }

  /** What the one in Python prints with {@code --once}. */
  static JsonNode python(Federation federation, String addresses)
      throws IOException, InterruptedException {
    return printed(
        federation,
        List.of(
            interpreter().toString(),
            PYTHON.resolve("live_inventory.py").toString(),
            "--bootstrap-servers",
            addresses,
            "--federation",
            federation.name(),
            "--schema",
            SCHEMA,
            "--once"));
  }

  private static JsonNode printed(Federation federation, List<String> command)
      throws IOException, InterruptedException {
    var log = federation.folder().resolve("consumer.log");
    run(command, log, LIMIT);
    var lines = Files.readAllLines(log);
    return JSON.readTree(lines.getLast());
  }

  private static void run(List<String> command, Path log, Duration limit)
      throws IOException, InterruptedException {
    try (var process = ChildProcess.start(command, Map.of(), log)) {
      if (!process.awaitExit(limit) || process.exitCode() != 0) {
        throw new IOException(command + " failed: " + process.log());
      }
    }
  }

  /** With the libraries that the example demands, in an environment that is kept for later runs. */
  private static Path interpreter() throws InterruptedException {
    var folder = environment();
    var python = folder.resolve("bin/python");
    try {
      if (!Files.exists(folder.resolve("complete"))) {
        install(folder, python);
      }
      return python;
    } catch (IOException unavailable) {
      var message = "no Python with the example's libraries: " + unavailable.getMessage();
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(message, unavailable);
      }
      throw new TestAbortedException(message, unavailable);
    }
  }

  private static void install(Path folder, Path python) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var log = folder.resolve("install.log");
    run(List.of("python3", "-m", "venv", "--clear", folder.toString()), log, INSTALLATION);
    var requirements = PYTHON.resolve("requirements.txt").toString();
    var command = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
    command.addAll(List.of("--only-binary", ":all:", "-r", requirements));
    run(command, folder.resolveSibling(folder.getFileName() + ".log"), INSTALLATION);
    Files.createFile(folder.resolve("complete"));
  }

  /** Another one when the demands change. */
  private static Path environment() {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Files.readAllBytes(PYTHON.resolve("requirements.txt")));
      return ROOT.resolve(".cache")
          .resolve("python-" + HexFormat.of().formatHex(digest).substring(0, 12));
    } catch (IOException | NoSuchAlgorithmException unreadable) {
      throw new IllegalStateException("cannot read what the example demands", unreadable);
    }
  }
}
