package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.status.Placement;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What importing decides about another mesh's ingress gateway. */
class GatewayPlanTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final ServiceKey DOOR = Ingress.keyOf(A, "shop", "door");
  private static final ServiceKey WEB = Worlds.key(A, "web");

  private final CatalogScript script = Worlds.federation();

  @BeforeEach
  void offerAGatewayAndWhereItLeads() {
    script.offered(door(), EndpointList.EMPTY);
    script.offered(Worlds.export(WEB, EARLY), Samples.endpoints("10.0.0.1"));
  }

  @Test
  void opensNoMeshWhoseOwnerHasNotAskedForIt() {
    assertThat(decided(false))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse -> {
              assertThat(refuse.loss())
                  .extracting(Loss::path, Loss::outcome, Loss::advice)
                  .containsExactly(
                      "ingress",
                      Loss.Outcome.REFUSED,
                      "set meshbridge.meshes.t.ingress=true if it shall be open to the outside");
              assertThat(refuse.unsafe()).isTrue();
            });
  }

  @Test
  void isImportedWhereItIsWantedWithTheNamesOfTheServicesThatItLeadsTo() {
    var apply = (Decision.Apply) decided(true);

    assertThat(apply.service().export().ingress()).isPresent();
    assertThat(apply.service().names()).containsOnly(Map.entry(WEB, "web"));
  }

  @Test
  void itsRulesAreEnforcedWhereRequestsComeIn() {
    var apply = (Decision.Apply) decided(true);

    assertThat(apply.placements())
        .extracting(Placement::part, Placement::hop)
        .containsExactly(
            tuple("ingress", Placement.Hop.BOUNDARY),
            tuple("traffic.http[0]", Placement.Hop.BOUNDARY));
  }

  private Decision decided(boolean gateways) {
    var open =
        new TargetMesh(
            Worlds.TARGET.mesh(),
            Worlds.TARGET.nameSyntax(),
            Worlds.TARGET.nameTemplate(),
            gateways,
            ImportRules.ALL);
    return ImportPlanner.decide(DOOR, World.of(open).with(script.everything()).world());
  }

  private static Export door() {
    var plain = Worlds.export(DOOR, EARLY);
    var listener =
        new Listener("http", 80, Listener.Kind.HTTP, List.of(), Optional.empty(), Sources.NONE);
    var rule =
        HttpRule.routing(
            List.of(HttpMatch.ANY.withPort(80)),
            List.of(WeightedBackend.only(BackendRef.service(WEB))));
    return new Export(
        DOOR,
        plain.ports(),
        plain.labels(),
        plain.hostnames(),
        EARLY,
        plain.path(),
        plain.access(),
        new TrafficPolicy(
            List.of(rule), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>()),
        Optional.of(new Ingress(List.of(listener))),
        List.of());
  }
}
