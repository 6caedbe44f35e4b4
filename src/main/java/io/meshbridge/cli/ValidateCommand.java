package io.meshbridge.cli;

import io.meshbridge.config.MeshConfig;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the configuration and says what {@code run} would do with it. */
@Dependent
@Unremovable
@Command(
    name = "validate",
    header = "Check the configuration; contact nobody.",
    description = "Tells all faults at once, or what 'run' would serve.",
    footer = {"%nExample:", "  meshbridge validate --config three-meshes.yaml"})
final class ValidateCommand implements Callable<Integer> {
  private final ConfigAccess configuration;
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  ValidateCommand(ConfigAccess configuration, Terminal terminal) {
    this.configuration = configuration;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var config = configuration.whole(options);
    var out = terminal.out();
    out.println("The configuration is valid.");
    out.println("federation: " + config.federation());
    out.println("bridge:     " + config.bridgeId());
    out.println("kafka:      " + config.kafka().get("bootstrap.servers"));
    out.println();
    var rows = new ArrayList<List<String>>();
    config.meshes().forEach(mesh -> rows.add(row(mesh)));
    new Table("MESH", "KIND", "BACKEND", "TRUST DOMAIN", "NETWORK", "TRANSIT").print(rows, out);
    return ExitCode.OK;
  }

  private static List<String> row(MeshConfig config) {
    var mesh = config.mesh();
    return List.of(
        mesh.id().value(),
        mesh.kind(),
        config.backend().word(),
        mesh.trustDomain(),
        mesh.network(),
        config.transit() ? "yes" : "no");
  }
}
