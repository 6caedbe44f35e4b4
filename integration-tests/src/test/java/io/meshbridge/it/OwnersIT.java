package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What owners of services see in their own cluster of what becomes of their exports. */
final class OwnersIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration A_WHILE = Duration.ofSeconds(4);

  @Test
  void ownersAreToldOnceWhatBecomesOfTheirExportsAndNothingAfterARestart() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "owners")) {
      // Given
      var federation = live.federation();
      live.istio().letBridgesTellOwners();
      var exports = new ServiceExports(live.istio().api(), "shop");
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      exports.create("reviews");
      exports.create("nobody");
      var first = federation.startReady(telling(federation, "first"));

      // Then
      awaitReady(exports, "reviews", "True", "Exported", "imported by west as reviews-east");
      awaitReady(exports, "nobody", "False", "Failed", "there is no Service shop/nobody");
      assertThat(exports.condition("nobody", "Valid")).containsEntry("reason", "NoService");
      assertThat(exports.condition("reviews", "Conflict")).containsEntry("reason", "NoConflicts");

      // When a service is offered while the bridge looks
      federation.put(live.istio(), Shop.of("ratings", 9081, "10.1.0.2"));
      exports.create("ratings");

      // Then
      awaitReady(exports, "ratings", "True", "Exported", "imported by west as ratings-east");
      await()
          .untilAsserted(
              () ->
                  assertThat(told(live, "ratings"))
                      .contains(tuple("Service", "Imported"), tuple("ServiceExport", "Imported")));

      // And when Consul must refuse what it had
      live.istio().demandMutualTls();

      // Then
      awaitReady(exports, "ratings", "False", "Failed", "refused by west: ");
      awaitReady(exports, "reviews", "False", "Failed", "refused by west: ");
      await()
          .untilAsserted(
              () ->
                  assertThat(told(live, "reviews"))
                      .containsOnlyOnce(
                          tuple("Service", "ImportRefused"),
                          tuple("ServiceExport", "ImportRefused")));
      assertThat(told(live, "ratings")).doesNotHaveDuplicates();

      // And when another bridge takes over
      Rest.await(federation, first);
      var before = everythingTold(live, exports);
      first.kill();
      var second = federation.startReady(telling(federation, "second"));
      Rest.awaitHeartbeatsOf(federation, "second");
      Rest.await(federation, second);

      // Then
      await()
          .during(A_WHILE)
          .atMost(A_WHILE.multipliedBy(2))
          .untilAsserted(() -> assertThat(everythingTold(live, exports)).isEqualTo(before));

      // And it does tell what it sees happen
      federation.remove(live.istio(), "ratings");
      awaitReady(exports, "ratings", "False", "Failed", "there is no Service shop/ratings");
      await()
          .untilAsserted(
              () ->
                  assertThat(told(live, "ratings"))
                      .containsOnlyOnce(tuple("ServiceExport", "Withdrawn")));
    }
  }

  private static BridgeProcess.Spec telling(Federation federation, String id) throws IOException {
    var spec = federation.bridge(id);
    var settings = "meshbridge.meshes.east.settings.";
    return spec.with(
        spec.configuration()
            .with(settings + "marks.service-export", "true")
            .with(settings + "tell.service-export", "true")
            .with(settings + "tell.events", "true"));
  }

  private static void awaitReady(
      ServiceExports exports, String name, String status, String reason, String message) {
    await(name + " is " + reason)
        .atMost(Federation.CONVERGENCE)
        .untilAsserted(
            () -> {
              var ready = exports.condition(name, "Ready");
              assertThat(ready).containsEntry("status", status).containsEntry("reason", reason);
              assertThat(String.valueOf(ready.get("message"))).contains(message);
            });
  }

  private static List<Tuple> told(LiveFederation live, String name) {
    return live.istio().api().events().stream()
        .filter(event -> name.equals(event.get("regarding", "name")))
        .map(event -> tuple(event.get("regarding", "kind"), event.get("reason")))
        .toList();
  }

  /** The version of every ServiceExport, and every Event: a write changes one of them. */
  private static SortedMap<String, String> everythingTold(
      LiveFederation live, ServiceExports exports) {
    var versions = new TreeMap<String, String>();
    for (String name : List.of("reviews", "ratings", "nobody")) {
      versions.put(name, versionOf(exports.get(name)));
    }
    live.istio()
        .api()
        .events()
        .forEach(event -> versions.put(event.getMetadata().getName(), versionOf(event)));
    return versions;
  }

  private static String versionOf(GenericKubernetesResource object) {
    return object.getMetadata().getResourceVersion();
  }
}
