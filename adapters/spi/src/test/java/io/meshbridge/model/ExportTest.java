package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExportTest {
  private static final MeshId WEST = new MeshId("west");
  private static final MeshId EAST = new MeshId("east");
  private static final ServiceKey KEY = new ServiceKey(WEST, "shop", "web");
  private static final Instant SEEN = Instant.parse("2026-01-01T00:00:00.123Z");

  @Test
  void sortsPortsAndHostnamesSoThatEqualServicesAreEqualValues() {
    var http = new ServicePort("http", 80, AppProtocol.HTTP);
    var other = new ServicePort("alt", 80, AppProtocol.TCP);
    var tls = new ServicePort("https", 443, AppProtocol.HTTPS);

    var export = export(List.of(tls, http, other), List.of("b", "a", "b"), WEST);

    assertThat(export.ports()).containsExactly(other, http, tls);
    assertThat(export.hostnames()).containsExactly("a", "b");
    assertThat(export).isEqualTo(export(List.of(other, tls, http), List.of("a", "b"), WEST));
  }

  @Test
  void refusesTwoPortsOfOneName() {
    var one = new ServicePort("http", 80, AppProtocol.HTTP);
    var other = new ServicePort("http", 81, AppProtocol.HTTP);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> export(List.of(one, other), List.of(), WEST))
        .withMessageContaining("'http'")
        .withMessageContaining(KEY.toString());
  }

  @Test
  void refusesAPathThatEndsInAnotherMesh() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> export(List.of(), List.of(), EAST))
        .withMessageContaining("east");
    assertThat(
            new Export(
                    KEY,
                    List.of(),
                    new TreeMap<>(),
                    List.of(),
                    SEEN,
                    new FederationPath(List.of(EAST, WEST)),
                    AccessPolicy.OPEN)
                .path()
                .origin())
        .isEqualTo(EAST);
  }

  @Test
  void remembersItsFirstSightToTheMillisecond() {
    var export =
        new Export(
            KEY,
            List.of(),
            new TreeMap<>(),
            List.of(),
            SEEN.plusNanos(456),
            FederationPath.startingAt(WEST),
            AccessPolicy.OPEN);

    assertThat(export.firstSeen()).isEqualTo(SEEN);
  }

  @Test
  void isNotChangedThroughItsLabels() {
    var labels = new TreeMap<>(Map.of("app", "web"));
    var export =
        new Export(
            KEY,
            List.of(),
            labels,
            List.of(),
            SEEN,
            FederationPath.startingAt(WEST),
            AccessPolicy.OPEN);

    labels.clear();

    assertThat(export.labels()).containsExactlyEntriesOf(Map.of("app", "web"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> export.labels().clear());
  }

  @Test
  void isImportedOnlyFromTheMeshThatOffersIt() {
    var export = export(List.of(), List.of(), WEST);
    var west = new MeshDescriptor(WEST, "istio", "", "", "");
    var east = new MeshDescriptor(EAST, "istio", "", "", "");

    assertThat(new Import("web.west", export, EndpointList.EMPTY, west).service()).isEqualTo(KEY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Import("web.west", export, EndpointList.EMPTY, east))
        .withMessageContaining("east");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Import(" ", export, EndpointList.EMPTY, west));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Import("n".repeat(254), export, EndpointList.EMPTY, west));
  }

  private static Export export(List<ServicePort> ports, List<String> hostnames, MeshId last) {
    return new Export(
        KEY,
        ports,
        new TreeMap<>(),
        hostnames,
        SEEN,
        FederationPath.startingAt(last),
        AccessPolicy.OPEN);
  }
}
