package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(
          List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter()),
          new FilesBackend().settings());
  private static final String REVIEWS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop, labels: {meshbridge.io/export: "true"}}
      spec: {ports: [{name: http, port: 80, targetPort: 8080}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: reviews-a
        namespace: shop
        labels: {kubernetes.io/service-name: reviews}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTheMeshes() throws IOException {
    Files.createDirectories(folder.resolve("istio"));
    Files.createDirectories(folder.resolve("linkerd"));
    Files.writeString(folder.resolve("istio/reviews.yaml"), REVIEWS);
    Files.writeString(
        folder.resolve("bridge.yaml"),
        """
        kafka: {bootstrap: {servers: "localhost:9092"}}
        meshbridge:
          federation: bookshop
          meshes:
            east: {kind: istio, backend: files, settings: {path: "%1$s/istio"}}
            north: {kind: linkerd, backend: files, settings: {path: "%1$s/linkerd"}}
        """
            .formatted(folder));
  }

  @Test
  void showsWhatWouldBeAdded() throws IOException {
    var empty = Files.createDirectories(folder.resolve("empty")).toString();

    var typed = diff("", "--against", empty);

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out().lines().toList())
        .startsWith("--- /dev/null")
        .containsSequence("--- /dev/null", "+++ Service shop/reviews-istio")
        .contains("+  name: reviews-istio");
    assertThat(typed.err()).contains("2 to be added");
  }

  @Test
  void showsNothingWhenWhatStandsIsWhatWouldBeWritten() throws IOException {
    var standing = Files.writeString(folder.resolve("standing.yaml"), translated()).toString();

    var typed = diff("", "--against", standing);

    assertThat(typed.code()).isZero();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("2 unchanged.");
  }

  @Test
  void comparesWithADumpOnStandardInput() throws IOException {
    var typed = diff(translated().replace("10.1.0.1", "10.1.0.9"), "--against", "-");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out().lines())
        .anyMatch(line -> line.startsWith("--- -:"))
        .contains("-      - \"10.1.0.9\"", "+      - \"10.1.0.1\"");
  }

  @Test
  void showsBothStatesBesideEachOther() throws IOException {
    var typed =
        diff(
            translated().replace("10.1.0.1", "10.1.0.9"),
            "--against",
            "-",
            "--side-by-side",
            "--width",
            "80");

    assertThat(typed.out().lines())
        .anyMatch(
            line ->
                line.contains("- \"10.1.0.9\"") && line.contains("|") && line.contains("10.1.0.1"))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void removesNothingIfSomeOfTheInputCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("istio/reviews.yaml"), "kind: [");

    var typed = diff(translated(REVIEWS), "--against", "-");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("0 to be removed").contains("this is not all");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    var typed = run("", "-f", "nowhere", "--from", "istio", "--to", "glass");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err().lines())
        .containsExactly(
            "--to: 'glass' is no known kind of mesh; known are [consul, istio, linkerd]",
            "--file: 'nowhere' does not exist",
            "--against: is missing; name a file, a folder, or '-' for standard input");
  }

  @Test
  void showsWhatTheBridgeWouldChangeInAFolder() {
    var typed = configured("north");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out().lines())
        .contains("+++ Service shop/reviews-east", "+    meshbridge.io/federation: bookshop");
    assertThat(typed.err()).contains("2 to be added");
  }

  @Test
  void showsNothingOnceTheBridgeHasWritten() throws IOException {
    writeImports();

    var typed = configured("north");

    assertThat(typed.code()).isZero();
    assertThat(typed.err()).contains("2 unchanged.");
  }

  @Test
  void showsThatAnImportGoesOnceItsServiceIsNoLongerMarked() throws IOException {
    writeImports();
    Files.writeString(
        folder.resolve("istio/reviews.yaml"), REVIEWS.replace("\"true\"", "\"false\""));

    var typed = configured("north");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("2 to be removed");
    assertThat(typed.out()).contains("+++ /dev/null");
  }

  @Test
  void leavesImportsOfMeshesThatItCannotRead() throws IOException {
    writeImports();
    var imports = folder.resolve("linkerd/meshbridge/imports.yaml");
    Files.writeString(imports, Files.readString(imports).replace("east", "dc1"));
    Files.delete(folder.resolve("istio/reviews.yaml"));

    assertThat(configured("north").err()).contains("0 to be removed");
  }

  @Test
  void saysWhichMeshesThereAre() {
    assertThat(configured("south").err())
        .isEqualTo("--mesh: 'south' is not configured; there are [east, north]\n");
  }

  private void writeImports() throws IOException {
    var added =
        configured("north")
            .out()
            .lines()
            .filter(line -> line.startsWith("+"))
            .map(line -> line.startsWith("+++") ? "---" : line.substring(1))
            .toList();
    Files.createDirectories(folder.resolve("linkerd/meshbridge"));
    Files.write(folder.resolve("linkerd/meshbridge/imports.yaml"), added);
  }

  private String translated() throws IOException {
    return translated(Files.readString(folder.resolve("istio/reviews.yaml")));
  }

  private static String translated(String input) {
    return Typed.run(
            terminal -> new TranslateCommand(ADAPTERS, new ManifestFiles(), terminal),
            input,
            false,
            "-f",
            "-",
            "--from",
            "istio",
            "--to",
            "linkerd")
        .out();
  }

  private Typed diff(String input, String... args) {
    var all =
        new java.util.ArrayList<>(
            List.of(
                "-f", folder.resolve("istio").toString(), "--from", "istio", "--to", "linkerd"));
    all.addAll(List.of(args));
    return run(input, all.toArray(new String[0]));
  }

  private Typed configured(String mesh) {
    return run("", "--config", folder.resolve("bridge.yaml").toString(), "--mesh", mesh);
  }

  private static Typed run(String input, String... args) {
    return Typed.run(
        terminal -> new DiffCommand(ADAPTERS, new ManifestFiles(), DiffCommandTest::load, terminal),
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
