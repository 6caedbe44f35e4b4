package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.Outcomes;
import io.meshbridge.testkit.Outcomes.Outcome;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How commands of the packaged application end, as {@code docs/outcomes.md} has it. */
final class OutcomesOfCommandsIT {
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Federation.workFolder("commands");
  }

  @Test
  void twoFaultsInOneConfiguration() throws Exception {
    var configuration =
        configuration()
            .with("meshbridge.heartbeat.interval", "soon")
            .with("meshbridge.meshes.east.kind", "istoi");

    assertOutcome(Outcomes.row("config-two-faults"), Command.run(folder, configuration, "run"));
  }

  @Test
  void aMeshIdThatIsNoDnsLabel() throws Exception {
    var configuration = configuration().withFolder("East_1", "istio", folder);

    assertOutcome(Outcomes.row("mesh-id-no-dns-label"), Command.run(folder, configuration, "run"));
  }

  @Test
  void twoMeshesOfOneId() throws Exception {
    var file =
        write(
            "duplicate.yaml",
            """
            meshbridge:
              federation: shop
              membership: {automatic: true}
              meshes:
                east: {kind: istio, backend: files, settings: {path: /a}}
                east: {kind: consul, backend: files, settings: {path: /b}}
            """);

    assertOutcome(
        Outcomes.row("mesh-id-duplicate"), Command.run(folder, List.of("run", "--config", file)));
  }

  @Test
  void anUnknownKind() throws Exception {
    var configuration = configuration().with("meshbridge.meshes.east.kind", "glass");

    assertOutcome(Outcomes.row("unknown-kind"), Command.run(folder, configuration, "run"));
  }

  @Test
  void aConfigurationThatIsNoYaml() throws Exception {
    var file = write("torn.yaml", "meshbridge:\n  federation: [shop\n");

    assertOutcome(
        Outcomes.row("config-no-yaml"), Command.run(folder, List.of("run", "--config", file)));
  }

  @Test
  void aHostSuffixThatBelongsToMeshes() throws Exception {
    var command =
        Command.run(
            folder,
            configuration(),
            "members",
            "add",
            "east",
            "--kind",
            "istio",
            "--host-suffix",
            "x.svc.cluster.local");

    assertOutcome(Outcomes.row("member-forbidden-suffix"), command);
  }

  @Test
  void noKafka() throws Exception {
    assertOutcome(
        Outcomes.row("kafka-unreachable-command"),
        Command.run(folder, configuration(), "members", "list"));
  }

  @Test
  void aManifestThatIsNoYaml() throws Exception {
    var file = write("broken.yaml", "apiVersion: v1\nkind: Service\nmetadata: [unclosed\n");

    assertOutcome(
        Outcomes.row("manifest-no-yaml-command"),
        Command.run(folder, List.of("translate", "--from", "istio", "--to", "consul", "-f", file)));
  }

  private static void assertOutcome(Outcome row, Command command) {
    row.log().forEach(said -> assertThat(command.output()).as(row.id()).contains(said));
    assertThat(command.exitCode()).as(row.id()).isEqualTo(Integer.parseInt(row.exit()));
    // Nothing runs that could have either.
    assertThat(row.state()).as(row.id()).isEmpty();
    assertThat(row.metric()).as(row.id()).isEmpty();
  }

  /** Of a bridge that serves one folder; nobody listens where its Kafka should be. */
  private static BridgeConfiguration configuration() throws IOException {
    var nowhere = LoopbackPorts.ADDRESS + ":" + new LoopbackPorts(new Random()).free();
    return BridgeConfiguration.of("commands", nowhere).withFolder("east", "istio", folder);
  }

  private static String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
