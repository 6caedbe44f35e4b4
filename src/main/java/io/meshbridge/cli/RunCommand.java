package io.meshbridge.cli;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves the configured meshes until the process is told to end. */
@Dependent
@Unremovable
@Command(
    name = "run",
    header = "Serve the configured meshes until told to end.",
    description = {
      "Checks the configuration first, and tells all its faults at once.",
      "SIGTERM or SIGINT end it in order, with exit code 0."
    },
    footer = {
      "%nExamples:",
      "  meshbridge run --config three-meshes.yaml",
      "  MESHBRIDGE_MESHES_EAST_SETTINGS_TOKEN=... meshbridge run -c base.yaml -c site.yaml"
    })
final class RunCommand implements Callable<Integer> {
  private final ConfigAccess configuration;
  private final Instance<BridgeRunner> bridge;
  private final RunningBridge running;
  private final Instance<BeforeRun> before;

  @Mixin private ConfigOptions options = new ConfigOptions();

  RunCommand(
      ConfigAccess configuration,
      Instance<BridgeRunner> bridge,
      RunningBridge running,
      Instance<BeforeRun> before) {
    this.configuration = configuration;
    this.bridge = bridge;
    this.running = running;
    this.before = before;
  }

  @Override
  public Integer call() {
    var config = configuration.whole(options);
    before.forEach(BeforeRun::prepare);
    running.run(bridge.get(), config);
    return ExitCode.OK;
  }
}
