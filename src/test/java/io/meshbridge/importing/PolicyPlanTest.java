package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.status.Placement;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What importing decides about a service whose policy sends requests to others. */
class PolicyPlanTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");
  private static final ServiceKey WEB = Worlds.key(A, "web");
  private static final ServiceKey CART = Worlds.key(A, "cart");
  private static final ServiceKey CART_OF_B = Worlds.key(B, "cart");

  private final CatalogScript script = Worlds.federation();

  @Test
  void namesTheOtherServicesAsTheTargetCallsThem() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(CART, EARLY), Samples.endpoints("10.0.0.2"));

    assertThat(planned(Worlds.world(script)).names()).containsOnly(Map.entry(CART, "cart"));
    assertThat(planned(Worlds.world(script)).others())
        .containsOnly(Map.entry(CART, Worlds.export(CART, EARLY)));
  }

  @Test
  void hasNoNameForAServiceThatTheTargetDoesNotHave() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));

    assertThat(planned(Worlds.world(script)).names()).isEmpty();
  }

  @Test
  void hasNoNameForAnotherMeshsService() {
    script.offered(sendingTo(WEB, CART_OF_B), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(CART_OF_B, EARLY), Samples.endpoints("10.0.0.2"));

    assertThat(planned(Worlds.world(script)).names()).isEmpty();
  }

  @Test
  void looksAgainAtWhoSendsRequestsToAServiceThatComesOrGoes() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));
    var alone = Worlds.world(script);

    var came = alone.with(script.offered(Worlds.export(CART, LATE), Samples.endpoints("10.0.0.2")));
    var went = came.world().with(script.withdrawn(CART));

    assertThat(came.touched()).containsExactlyInAnyOrder(CART, WEB);
    assertThat(planned(came.world()).names()).containsKey(CART);
    assertThat(went.touched()).containsExactlyInAnyOrder(CART, WEB);
    assertThat(planned(went.world()).names()).isEmpty();
  }

  @Test
  void looksAgainAtWhoSendsRequestsToAServiceThatLosesItsName() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(CART, LATE), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var step =
        world.with(script.offered(Worlds.export(CART_OF_B, EARLY), Samples.endpoints("10.0.0.3")));

    assertThat(step.touched()).contains(WEB);
    assertThat(planned(step.world()).names().get(CART)).startsWith("cart-");
  }

  /** Rule 13: what does not change a name costs the others nothing. */
  @Test
  void leavesWhoSendsRequestsAloneIfOnlyEndpointsChange() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(CART, EARLY), Samples.endpoints("10.0.0.2"));
    var world = Worlds.world(script);

    var step =
        world.with(script.tell(A, LogEntries.endpoints(CART, Samples.endpoints("10.0.0.9"))));

    assertThat(step.touched()).containsExactly(CART);
  }

  @Test
  void forgetsToWhomAServiceSentRequestsOnceItsPolicyIsGone() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));
    var world = Worlds.world(script);
    world = world.with(script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1"))).world();

    var step =
        world.with(script.offered(Worlds.export(CART, EARLY), Samples.endpoints("10.0.0.2")));

    assertThat(step.touched()).containsExactly(CART);
  }

  @Test
  void placesEachPartOfThePolicyOnOneHop() {
    script.offered(sendingTo(WEB, CART), Samples.endpoints("10.0.0.1"));

    assertThat(decided(Worlds.world(script)).placements())
        .extracting(Placement::part, Placement::hop)
        .containsExactly(
            tuple("traffic.http[0]", Placement.Hop.CLIENT),
            tuple("traffic.http[1]", Placement.Hop.CLIENT));
  }

  @Test
  void passesOnWhatReadingLost() {
    var loss =
        new Loss(
            Location.of("VirtualService shop/web"),
            "spec.http[0].foo",
            Loss.Outcome.DROPPED,
            "unknown",
            "");
    script.offered(export(WEB, TrafficPolicy.NONE, List.of(loss)), Samples.endpoints("10.0.0.1"));

    assertThat(decided(Worlds.world(script)).losses()).containsExactly(loss);
  }

  private static Decision.Apply decided(World world) {
    return (Decision.Apply) ImportPlanner.decide(WEB, world);
  }

  private static Import planned(World world) {
    return decided(world).service();
  }

  private static Export sendingTo(ServiceKey service, ServiceKey other) {
    var toOther =
        HttpRule.routing(
            List.of(HttpMatch.ANY.withPath(PathMatch.exact("/cart"))),
            List.of(WeightedBackend.only(BackendRef.service(other))));
    var rest = HttpRule.routing(List.of(), List.of(WeightedBackend.only(BackendRef.SELF)));
    var policy =
        new TrafficPolicy(
            List.of(toOther, rest),
            List.of(),
            List.of(),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());
    return export(service, policy, List.of());
  }

  private static Export export(ServiceKey service, TrafficPolicy policy, List<Loss> losses) {
    var plain = Worlds.export(service, EARLY);
    return new Export(
        service,
        plain.ports(),
        plain.labels(),
        plain.hostnames(),
        plain.firstSeen(),
        plain.path(),
        plain.access(),
        policy,
        losses);
  }
}
