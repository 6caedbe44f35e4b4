package io.meshbridge.cli;

import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.InvalidConfigurationException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;

/**
 * Where the process begins. Decides, before the framework starts, what the command needs of it:
 * only {@code run} opens a port and the channels; everything else shall start fast, print, and
 * leave.
 */
@QuarkusMain
public final class Main {
  /** What commands other than {@code run} do without, unless somebody asks for it. */
  private static final Map<String, String> QUIET =
      Map.of(
          "quarkus.http.host-enabled", "false",
          "meshbridge.messaging.enabled", "false",
          "quarkus.log.level", "WARN");

  private Main() {}

  /** Runs one command; the process ends with its {@link ExitCode}. */
  public static void main(String... args) {
    var arguments = new Arguments(args);
    var terminal = SystemTerminal.open();
    try {
      var files = arguments.configFiles();
      // Read once before the framework does, which would answer a bad file with a stack trace.
      ConfigFiles.load(files);
      System.setProperty(ConfigFiles.LOCATIONS, ConfigFiles.locations(files));
    } catch (InvalidConfigurationException invalid) {
      invalid.lines().forEach(terminal.err()::println);
      System.exit(ExitCode.INVALID);
    }
    if (!arguments.serves()) {
      QUIET.forEach(
          (key, value) -> {
            if (System.getProperty(key) == null) {
              System.setProperty(key, value);
            }
          });
    }
    var end = new ProcessEnd(Runtime.getRuntime());
    Quarkus.run(Application.class, end::exit, args);
  }
}
