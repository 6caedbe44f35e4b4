package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.traffic.ConfigEntries;
import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferMapperTest {
  private static final MeshId MESH = new MeshId("dc1");
  private static final ServiceName WEB = ServiceName.of("", "web");
  private static final Map<String, String> MARKED = Map.of("meshbridge-export", "true");

  private final OfferMapper mapper = new OfferMapper(MESH, Selection.MARKED);

  @ParameterizedTest
  @CsvSource({
    "passing,passing,READY,10",
    "passing,warning,WARNING,3",
    "warning,critical,NOT_READY,10",
    "passing,maintenance,NOT_READY,10",
    "passing,unheard-of,NOT_READY,10",
  })
  void takesTheWorstCheckOfServiceAndNode(
      String nodeCheck, String serviceCheck, Health health, int weight) {
    // Given
    var instance = instance("web-1", "10.0.0.1", 80, MARKED, Map.of(), nodeCheck, serviceCheck);

    // When
    var endpoint = onlyEndpoint(offered(List.of(instance)));

    // Then
    assertThat(endpoint.health()).isEqualTo(health);
    assertThat(endpoint.weight()).isEqualTo(weight);
  }

  @Test
  void namesTheCommonestPortAndTheLowestOfEquals() {
    // Given
    var instances =
        List.of(
            instance("a", "10.0.0.1", 9000, MARKED),
            instance("b", "10.0.0.2", 8000, MARKED),
            instance("c", "10.0.0.3", 9000, MARKED));

    // When, Then
    assertThat(offered(instances).ports().getFirst().number()).isEqualTo(9000);
    assertThat(offered(instances.subList(0, 2)).ports().getFirst().number()).isEqualTo(8000);
  }

  @Test
  void takesTheProtocolOfTheMeshBeforeThatOfTheOwner() {
    // Given
    var meta = with(MARKED, "protocol", "http");
    var defaults =
        ConfigEntry.live(
            Map.of(
                "Kind", "proxy-defaults", "Name", "global", "Config", Map.of("protocol", "http2")));
    var config = new MeshConfig(ConfigEntries.of(List.of(defaults.orElseThrow())), Set.of());

    // When
    var byOwner = offered(List.of(instance("a", "10.0.0.1", 80, meta)));
    var byMesh =
        offer(mapper.map(WEB, List.of(instance("a", "10.0.0.1", 80, meta)), config, Set.of()));

    // Then
    assertThat(byOwner.ports().getFirst().protocol()).isEqualTo(AppProtocol.HTTP);
    assertThat(byOwner.ports().getFirst().name()).isEqualTo("http");
    assertThat(byMesh.ports().getFirst().protocol()).isEqualTo(AppProtocol.HTTP2);
  }

  @Test
  void guardsWhatStandsBehindAProxyUnlessEveryMarkedInstanceSaysDirect() {
    // Given
    var direct = with(MARKED, "meshbridge-address", "direct");
    var guarded = instance("a", "10.0.0.1", 80, MARKED);
    var open = instance("b", "10.0.0.2", 80, direct);

    // When, Then
    assertThat(reachability(List.of(guarded), Set.of("proxy")))
        .isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
    assertThat(reachability(List.of(guarded, open), Set.of("proxy")))
        .isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
    assertThat(reachability(List.of(open), Set.of("proxy"))).isEqualTo(Reachability.PLAIN);
    assertThat(reachability(List.of(guarded), Set.of())).isEqualTo(Reachability.PLAIN);
  }

  @Test
  void skipsInstancesThatCannotBeCalledAndSaysSo() {
    // Given
    var instances =
        List.of(instance("a", "10.0.0.1", 80, MARKED), instance("b", "10.0.0.2", 0, MARKED));

    // When
    var offer = offered(instances);

    // Then
    assertThat(offer.endpoints().size()).isEqualTo(1);
    assertThat(offer.losses())
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.outcome()).isEqualTo(Loss.Outcome.DROPPED);
              assertThat(loss.path()).isEqualTo("Service.Port");
            });
    assertThat(mapper.map(WEB, instances.subList(1, 2), MeshConfig.EMPTY, Set.of()))
        .isInstanceOf(Mapped.Unreadable.class);
  }

  @Test
  void neverExportsTheMeshsOwnPartsNorWhatOtherToolsMirror() {
    // Given
    var gateway = Map.<String, Object>of("Kind", "mesh-gateway");
    var mirrored = with(MARKED, "external-source", "kubernetes");

    // When, Then
    assertThat(
            List.of(
                instance("a", "10.0.0.1", 80, MARKED, gateway),
                instance("a", "10.0.0.1", 80, mirrored),
                instance("a", "10.0.0.1", 80, MARKED, Map.of("Tags", List.of("k8s")))))
        .allSatisfy(
            instance ->
                assertThat(mapper.map(WEB, List.of(instance), MeshConfig.EMPTY, Set.of()))
                    .isInstanceOf(Mapped.NotExported.class));
  }

  @Test
  void offersAnImportWithThePathThatItCame() {
    // Given
    var istio = new MeshId("istio-a");
    var marks =
        new Ownership(
                "books",
                MESH,
                new ServiceKey(istio, "shop", "web"),
                FederationPath.startingAt(istio),
                "hash")
            .toMarks(Marks.CONSUL);
    marks.put("meshbridge-export", "true");

    // When
    var offer = offered(List.of(instance("a", "10.0.0.1", 80, marks)));

    // Then
    assertThat(offer.path()).hasToString("istio-a,dc1");
    assertThat(offer.labels()).isEmpty();
  }

  @Test
  void warnsWhenOnlySomeInstancesAreMarked() {
    // When
    var mapped =
        mapper.map(
            WEB,
            List.of(instance("a", "10.0.0.1", 80, MARKED), instance("b", "10.0.0.2", 80, Map.of())),
            MeshConfig.EMPTY,
            Set.of());

    // Then
    assertThat(((Mapped.Offered) mapped).warnings())
        .containsExactly("only 1 of its 2 instances bear the export mark; all are exported");
    assertThat(offer(mapped).endpoints().size()).isEqualTo(2);
  }

  private Reachability reachability(List<Instance> instances, Set<String> proxies) {
    return offer(mapper.map(WEB, instances, MeshConfig.EMPTY, proxies)).access().reachability();
  }

  private Offer offered(List<Instance> instances) {
    return offer(mapper.map(WEB, instances, MeshConfig.EMPTY, Set.of()));
  }

  private static Offer offer(Mapped mapped) {
    assertThat(mapped).isInstanceOf(Mapped.Offered.class);
    return ((Mapped.Offered) mapped).offer();
  }

  private static Endpoint onlyEndpoint(Offer offer) {
    assertThat(offer.endpoints().size()).isEqualTo(1);
    return offer.endpoints().endpoints().getFirst();
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    var more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static Instance instance(String id, String address, int port, Map<String, String> meta) {
    return instance(id, address, port, meta, Map.of());
  }

  /** As the health API shows it. */
  private static Instance instance(
      String id,
      String address,
      int port,
      Map<String, String> meta,
      Map<String, Object> more,
      String... checks) {
    var service = new HashMap<String, Object>(more);
    service.putAll(
        Map.of(
            "ID",
            id,
            "Service",
            "web",
            "Address",
            address,
            "Port",
            port,
            "Meta",
            meta,
            "Weights",
            Map.of("Passing", 10, "Warning", 3)));
    var entry =
        Map.<String, Object>of(
            "Node", Map.of("Node", "n1", "Address", "10.9.9.9", "Datacenter", "dc1"),
            "Service", service,
            "Checks", List.of(checks).stream().map(status -> Map.of("Status", status)).toList());
    return InstanceReader.healthEntry(entry, Place.live("service web"));
  }
}
