package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each constructor refuses what the model must not hold, and names it. */
class GatesTest {
  private static final MeshId A = new MeshId("a");
  private static final ServiceKey WEB = new ServiceKey(A, "shop", "web");
  private static final ServicePort HTTP = new ServicePort("http", 80, AppProtocol.HTTP);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "istio-a", "a--b"})
  void meshIdsAreDnsLabels(String label) {
    assertThat(new MeshId(label)).hasToString(label);
    assertThat(new MeshId("x".repeat(63)).value()).hasSize(63);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A", "-a", "a-", "a.b", "a_b", "a\n", "\u00e4", "a/b", "a,b"})
  void meshIdsAreNothingElse(String text) {
    assertRefused(() -> new MeshId(text), "'" + text + "'");
    assertRefused(() -> new MeshId("x".repeat(64)), "DNS label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000b", "\u007f", "a\ud800b"})
  void serviceKeysRefuseBlankTextControlCharactersAndHalfCharacters(String text) {
    assertRefused(() -> new ServiceKey(A, text, "web"), "namespace");
    assertRefused(() -> new ServiceKey(A, "shop", text), "name");
  }

  @Test
  void serviceKeysHaveUpTo253Characters() {
    assertThat(new ServiceKey(A, "n".repeat(253), "s".repeat(253)).name()).hasSize(253);
    assertRefused(() -> new ServiceKey(A, "shop", "s".repeat(254)), "254");
    assertRefused(() -> new ServiceKey(A, "n".repeat(254), "web"), "254");
  }

  @Test
  void faultyTextIsShownWithoutItsControlCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceKey(A, "shop", "web\u001b[2Jforged\nline"))
        .withMessageContaining("web?[2Jforged?line");
  }

  @Test
  void serviceKeysAreSortedByMeshNamespaceAndName() {
    var keys =
        List.of(
            new ServiceKey(A, "a", "b"),
            new ServiceKey(A, "b", "a"),
            new ServiceKey(A, "b", "b"),
            new ServiceKey(new MeshId("b"), "a", "a"));

    assertThat(keys.reversed().stream().sorted()).containsExactlyElementsOf(keys);
    assertThat(WEB).hasToString("a/shop/web");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void portsAreBetween1And65535(int number) {
    assertRefused(() -> new ServicePort("http", number, AppProtocol.HTTP), "but is " + number);
    assertRefused(() -> Endpoint.ready("10.0.0.1", Map.of("http", number)), "but is " + number);
    assertThat(new ServicePort("http", 1, AppProtocol.TCP).number()).isEqualTo(1);
    assertThat(new ServicePort("http", 65_535, AppProtocol.TCP).number()).isEqualTo(65_535);
  }

  @Test
  void portsHaveNamesOfUpTo63Characters() {
    assertRefused(() -> new ServicePort("", 80, AppProtocol.TCP), "port's name");
    assertRefused(() -> new ServicePort("p".repeat(64), 80, AppProtocol.TCP), "64");
  }

  @Test
  void endpointsHaveAnAddressAndAWeight() {
    assertRefused(() -> Endpoint.ready(" ", Map.of()), "address");
    assertRefused(() -> Endpoint.ready("h".repeat(254), Map.of()), "254");
    assertRefused(() -> weighted(-1), "but is -1");
    assertRefused(() -> weighted(65_536), "but is 65536");
    assertThat(weighted(0).weight()).isZero();
    assertThat(weighted(65_535).weight()).isEqualTo(65_535);
  }

  @Test
  void exportsHaveEachPortNameOnce() {
    var twice = List.of(HTTP, new ServicePort("http", 81, AppProtocol.HTTP));

    assertRefused(() -> export(twice, FederationPath.startingAt(A)), "two ports named 'http'");
  }

  @Test
  void exportsEndTheirPathInTheirMesh() {
    var elsewhere = FederationPath.startingAt(A).then(new MeshId("b"));

    assertRefused(() -> export(List.of(HTTP), elsewhere), "a,b");
  }

  @Test
  void exportsAreEqualWhateverTheOrderOfTheirParts() {
    var grpc = new ServicePort("grpc", 90, AppProtocol.GRPC);
    var path = FederationPath.startingAt(A);

    assertThat(export(List.of(grpc, HTTP), path)).isEqualTo(export(List.of(HTTP, grpc), path));
    assertThat(export(List.of(HTTP), path).hostnames()).containsExactly("h1", "h2");
    assertThat(export(List.of(HTTP), path).firstSeen()).isEqualTo("2026-11-22T10:00:00.123Z");
  }

  @Test
  void importsComeFromTheMeshThatExportsThem() {
    var export = export(List.of(HTTP), FederationPath.startingAt(A));
    var other = new MeshDescriptor(new MeshId("b"), "istio", "", "", "");

    assertRefused(() -> new Import("web-a", export, EndpointList.EMPTY, other), "from mesh b");
    assertRefused(
        () -> new Import(" ", export, EndpointList.EMPTY, mesh("istio")), "name of the import");
    assertThat(new Import("web-a", export, EndpointList.EMPTY, mesh("istio")).service())
        .isEqualTo(WEB);
  }

  @Test
  void meshesAndMembersHaveAKind() {
    assertRefused(() -> mesh(" "), "kind of mesh a");
    assertRefused(() -> Member.active(A, ""), "kind of member a");
  }

  @Test
  void locationsHaveALineOrNone() {
    assertRefused(() -> new Location("a.yaml", -1), "-1");
    assertThat(new Location("a.yaml", 7)).hasToString("a.yaml:7");
    assertThat(Location.of("Service shop/web")).hasToString("Service shop/web");
  }

  @Test
  void whatGoesInIsCopied() {
    var labels = new TreeMap<>(Map.of("a", "1"));
    var ports = new TreeMap<>(Map.of("http", 80));
    var endpoint =
        new Endpoint("10.0.0.1", ports, Health.READY, 1, Locality.UNKNOWN, "", labels, "");

    labels.put("b", "2");
    ports.put("grpc", 90);

    assertThat(endpoint.labels()).containsOnlyKeys("a");
    assertThat(endpoint.ports()).containsOnlyKeys("http");
    assertThatThrownBy(() -> endpoint.labels().put("c", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void assertRefused(ThrowingCallable construction, String fragment) {
    assertThatIllegalArgumentException().isThrownBy(construction).withMessageContaining(fragment);
  }

  private static MeshDescriptor mesh(String kind) {
    return new MeshDescriptor(A, kind, "", "", "");
  }

  private static Endpoint weighted(int weight) {
    return new Endpoint(
        "10.0.0.1",
        new TreeMap<>(),
        Health.READY,
        weight,
        Locality.UNKNOWN,
        "",
        new TreeMap<>(),
        "");
  }

  private static Export export(List<ServicePort> ports, FederationPath path) {
    return new Export(
        WEB,
        ports,
        new TreeMap<>(),
        List.of("h2", "h1", "h2"),
        Instant.parse("2026-11-22T10:00:00.123456Z"),
        path,
        AccessPolicy.OPEN);
  }
}
