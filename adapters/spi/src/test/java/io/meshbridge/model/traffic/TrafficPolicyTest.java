package io.meshbridge.model.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrafficPolicyTest {
  private static final String ROUTE = "VirtualService shop/web";
  private static final ServiceKey CART = new ServiceKey(new MeshId("a"), "shop", "cart");

  @Test
  void tellsALossByTheFieldThatItWasReadFrom() {
    var policy = policyOf(rule(Map.of("timeouts.request", "spec.http[3].timeout")));

    assertThat(policy.inOwnersWords(List.of(loss("traffic.http[0].timeouts.request"))))
        .containsExactly(at("spec.http[3].timeout"));
  }

  @Test
  void tellsTheLossOfAPartByEveryFieldBelowIt() {
    var policy =
        policyOf(
            rule(
                Map.of(
                    "filters[1].ref", "spec.http[0].mirror.host",
                    "filters[1].percent", "spec.http[0].mirrorPercentage.value",
                    "filters[10]", "spec.http[0].fault")));

    assertThat(policy.inOwnersWords(List.of(loss("traffic.http[0].filters[1]"))))
        .containsExactlyInAnyOrder(
            at("spec.http[0].mirror.host"), at("spec.http[0].mirrorPercentage.value"));
  }

  @Test
  void tellsALossByTheNearestFieldAroundIt() {
    var policy = policyOf(rule(Map.of("retry", "spec.http[0].retries", "", "spec.http[0]")));

    assertThat(
            policy.inOwnersWords(
                List.of(
                    loss("traffic.http[0].retry.conditions[2]"),
                    loss("traffic.http[0].timeouts.idle"))))
        .containsExactly(at("spec.http[0].retries"), at("spec.http[0]"));
  }

  @Test
  void leavesOtherLossesAsTheyAre() {
    var policy = policyOf(rule(Map.of()));

    assertThat(
            policy.inOwnersWords(
                List.of(loss("endpoints.weight"), loss("traffic.http[7]"), loss("traffic.x"))))
        .containsExactly(loss("endpoints.weight"), loss("traffic.http[7]"), loss("traffic.x"));
  }

  @Test
  void tellsALossInASubsetByItsOwnFields() {
    var outliers = new Sources.Builder().add("outliers.interval", ref("spec.subsets[0].x")).build();
    var subset =
        new Subset(
            "v1",
            new TreeMap<>(),
            new DestinationPolicy(
                DestinationPolicy.DEFAULT.loadBalancing(),
                DestinationPolicy.DEFAULT.outliers(),
                ConnectionLimits.DEFAULT,
                DestinationPolicy.DEFAULT.locality(),
                List.of(),
                outliers),
            new Sources.Builder().add("labels", ref("spec.subsets[0].labels.v")).build());
    var policy =
        new TrafficPolicy(
            List.of(), List.of(), List.of(subset), DestinationPolicy.DEFAULT, new TreeMap<>());

    assertThat(
            policy.inOwnersWords(
                List.of(
                    loss("traffic.subsets[v1].policy.outliers.interval"),
                    loss("traffic.subsets[v1].labels"))))
        .containsExactly(at("spec.subsets[0].x"), at("spec.subsets[0].labels.v"));
  }

  @Test
  void knowsEveryServiceThatItSendsRequestsTo() {
    var mirrored = new ServiceKey(new MeshId("a"), "shop", "shadow");
    var rule =
        new HttpRule(
            "",
            false,
            List.of(),
            List.of(new HttpFilter.Mirror(BackendRef.service(mirrored), BigDecimal.TEN)),
            List.of(WeightedBackend.only(BackendRef.service(CART))),
            Timeouts.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Sources.NONE);

    assertThat(policyOf(rule).otherServices()).containsExactly(CART, mirrored);
  }

  @Test
  void isNothingIfOnlyItsSourcesSaySomething() {
    var sourced =
        new DestinationPolicy(
            DestinationPolicy.DEFAULT.loadBalancing(),
            DestinationPolicy.DEFAULT.outliers(),
            ConnectionLimits.DEFAULT,
            DestinationPolicy.DEFAULT.locality(),
            List.of(),
            new Sources.Builder().add("", ref("spec")).build());

    assertThat(
            new TrafficPolicy(List.of(), List.of(), List.of(), sourced, new TreeMap<>()).isNone())
        .isTrue();
    assertThat(policyOf(rule(Map.of())).isNone()).isFalse();
  }

  @Test
  void refusesTwoSubsetsOfOneName() {
    var subset = new Subset("v1", new TreeMap<>(), DestinationPolicy.DEFAULT, Sources.NONE);

    assertThatThrownBy(
            () ->
                new TrafficPolicy(
                    List.of(),
                    List.of(),
                    List.of(subset, subset),
                    DestinationPolicy.DEFAULT,
                    new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1");
  }

  private static HttpRule rule(Map<String, String> sources) {
    var builder = new Sources.Builder();
    sources.forEach((field, path) -> builder.add(field, ref(path)));
    var plain = HttpRule.routing(List.of(), List.of(WeightedBackend.only(BackendRef.SELF)));
    return new HttpRule(
        plain.name(),
        plain.grpc(),
        plain.matches(),
        plain.filters(),
        plain.backends(),
        plain.timeouts(),
        plain.retry(),
        plain.affinity(),
        builder.build());
  }

  private static TrafficPolicy policyOf(HttpRule... rules) {
    return new TrafficPolicy(
        List.of(rules), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static FieldRef ref(String path) {
    return new FieldRef(ROUTE, path);
  }

  private static Loss loss(String path) {
    return new Loss(Location.of("Export a/shop/web"), path, Outcome.DROPPED, "no word", "");
  }

  private static Loss at(String path) {
    return new Loss(Location.of(ROUTE), path, Outcome.DROPPED, "no word", "");
  }
}
