package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(
          List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter()),
          new FilesBackend().settings());
  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: east-west}
      spec:
        servers:
          - port: {number: 15443, name: tls, protocol: TLS}
            tls: {mode: AUTO_PASSTHROUGH}
            hosts: ["*.local"]
      """;

  @TempDir private Path folder;

  @Test
  void saysWhereATrapIsWhatItDoesAndWhatToDo() throws IOException {
    var file = Files.writeString(folder.resolve("gateway.yaml"), GATEWAY).toString();

    var typed = run("", "-f", file, "--from", "istio");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out())
        .isEqualTo(
            file
                + ":7: spec.servers[0].tls.mode: warning: a gateway with AUTO_PASSTHROUGH: only"
                + " proxies of Istio are let through; Consul and Linkerd never are (open a port"
                + " with TLS mode MUTUAL or SIMPLE for other meshes)\n");
    assertThat(typed.err()).isEqualTo("1 traps found.\n");
  }

  @Test
  void looksIntoListsThatKubectlPrints() {
    var list =
        "apiVersion: v1\nkind: List\nitems:\n" + GATEWAY.indent(4).replaceFirst("  a", "- a");

    var typed = run(list, "-f", "-", "--from", "istio");

    assertThat(typed.out()).startsWith("-:10: spec.servers[0].tls.mode: warning:");
  }

  @Test
  void looksOnlyForTrapsOfThatMake() {
    assertThat(run(GATEWAY, "-f", "-", "--from", "consul").code()).isZero();
  }

  @Test
  void tellsMachinesWhichTrapItIs() throws IOException {
    var typed = run(GATEWAY, "-f", "-", "--from", "istio", "-o", "json");

    var tree = new ObjectMapper().readTree(typed.out());
    assertThat(tree.at("/0/trap").asText()).isEqualTo("istio-passthrough-is-closed-to-others");
    assertThat(tree.at("/0/line").asInt()).isEqualTo(7);
    assertThat(tree.at("/0/severity").asText()).isEqualTo("warning");
  }

  @Test
  void looksIntoAConfigurationAndItsFolders() throws IOException {
    Files.createDirectories(folder.resolve("istio"));
    Files.writeString(folder.resolve("istio/gateway.yaml"), GATEWAY);
    var config =
        Files.writeString(
            folder.resolve("bridge.yaml"),
            """
            kafka: {bootstrap: {servers: "localhost:9092"}}
            meshbridge:
              federation: bookshop
              membership: {automatic: true}
              meshes:
                east: {kind: istio, backend: files, settings: {path: "%s/istio"}}
                dc1: {kind: consul, settings: {url: "http://127.0.0.1:1"}}
            """
                .formatted(folder));

    var typed = run("", "--config", config.toString());

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.out())
        .contains("configuration: meshbridge.membership.automatic: warning: automatic membership")
        .contains("gateway.yaml:7: spec.servers[0].tls.mode: warning");
    assertThat(typed.err())
        .contains("mesh dc1 cannot be read: ")
        .contains("; only its configuration is looked at")
        .contains("2 traps found.");
  }

  @Test
  void tellsWhatItCannotRead() {
    var typed = run("kind: [", "-f", "-", "--from", "istio");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).startsWith("-:").contains("error");
  }

  @Test
  void wantsFilesOrAConfiguration() {
    assertThat(run("").err()).isEqualTo("give either --file and --from, or --config\n");
    assertThat(run("", "-f", "-", "--from", "glass").err())
        .isEqualTo(
            "--from: 'glass' is no known kind of mesh; known are [consul, istio, linkerd]\n");
  }

  private static Typed run(String input, String... args) {
    return Typed.run(
        terminal ->
            new DoctorCommand(ADAPTERS, new ManifestFiles(), DoctorCommandTest::load, terminal),
        input,
        false,
        args);
  }

  private static BridgeConfig load(ConfigOptions options) {
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(options.files()))
            .build();
    return new ConfigLoader(ADAPTERS.known(), "test").load(config);
  }
}
