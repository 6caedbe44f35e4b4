package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three meshes of three makes, and all six ways between them. */
final class ThreeMeshesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration AFTER_MANY_CHANGES = Duration.ofSeconds(60);

  @Test
  void everyExportIsImportedByBothOthers() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "six-ways")) {
      var federation = three.federation();
      federation.put(three.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(three.linkerd(), Shop.of("search", 8080, "10.3.0.1"));
      federation.put(three.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));

      federation.awaitConvergence();

      Rest.await(federation, bridge);
      assertThat(bridge.rest().imports(""))
          .extracting(
              entry -> entry.at("/service/mesh").asText() + " to " + entry.path("target").asText(),
              entry -> entry.path("name").asText(),
              entry -> entry.path("state").asText())
          .containsExactlyInAnyOrder(
              tuple("east to north", "reviews-east.shop"),
              tuple("east to west", "reviews-east"),
              tuple("north to east", "search.yard.north.mesh.internal"),
              tuple("north to west", "search-north"),
              tuple("west to east", "stock.default.west.mesh.internal"),
              tuple("west to north", "stock-west.default"));
    }
  }

  private static Tuple tuple(String way, String name) {
    return Tuple.tuple(way, name, "Applied");
  }

  @Test
  void aThousandChangesEndInEveryTargetWhereTheOracleSays() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "churn")) {
      // Given
      var federation = three.federation();
      federation.startReady(federation.bridge("bridge"));
      var changes = new ChangeScript(20261125L, 40);

      // When
      for (int i = 0; i < 1_000; i++) {
        changes.next(federation);
      }

      // Then
      federation.awaitConvergence(AFTER_MANY_CHANGES);
    }
  }

  @Test
  void aRestartWritesNothingIntoAnyOfThem() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "three-restart")) {
      // Given: a federation at rest
      var federation = three.federation();
      for (int i = 0; i < 10; i++) {
        federation.put(three.istio(), Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
        federation.put(three.linkerd(), Shop.of("n" + i, 8000 + i, "10.3.0." + (i + 1)));
        federation.put(three.consul(), Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
      }
      var spec = federation.bridgeToRestart("bridge");
      var first = federation.startReady(spec);
      federation.awaitConvergence();
      Rest.await(federation, first);
      var facts = federation.facts();
      var istio = three.istio().resourceVersions();
      var linkerd = three.linkerd().resourceVersions();
      var consul = three.consul().indexes();

      // When
      first.kill();
      var second =
          federation.startReady(
              spec.with(spec.configuration().with("meshbridge.bridge-id", "second")));
      Rest.awaitHeartbeatsOf(federation, "second");
      Rest.await(federation, second);

      // Then
      assertThat(federation.facts()).isEqualTo(facts);
      assertThat(three.istio().resourceVersions()).isEqualTo(istio);
      assertThat(three.linkerd().resourceVersions()).isEqualTo(linkerd);
      assertThat(three.consul().indexes()).isEqualTo(consul);
    }
  }
}
