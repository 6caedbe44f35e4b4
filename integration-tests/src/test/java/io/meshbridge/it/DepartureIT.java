package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever way a live mesh goes, it holds what it held before a bridge came, to the last field. */
final class DepartureIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String SPLIT =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec:
        hosts: [reviews]
        http:
          - match: [{uri: {prefix: /slow}}]
            timeout: 3s
            route: [{destination: {host: reviews}}]
          - route: [{destination: {host: reviews}}]
      """;

  @Test
  void leavesNothingBehindHoweverItGoes() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "departure")) {
      // Given: services with policy, so that there is more than one kind of object to take back
      var federation = three.federation();
      putAll(three);
      var east = WholeState.of(three.istio());
      var north = WholeState.of(three.linkerd());
      var west = WholeState.of(three.consul());
      var bridge = federation.startReady(federation.bridge("bridge"));
      awaitAllApplied(bridge);
      assertThat(WholeState.of(three.istio())).isNotEqualTo(east);
      assertThat(WholeState.of(three.linkerd())).isNotEqualTo(north);
      assertThat(WholeState.of(three.consul())).isNotEqualTo(west);

      // When one leaves
      operate(federation, "leave", "east", "--yes");

      // Then it is as it was, and the others know nothing of it
      awaitAsBefore(three.istio(), east);
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(bridge.rest().imports("origin=east")).isEmpty());

      // When it is back, and the two others are retired
      operate(federation, "leave", "east", "--undo");
      awaitAllApplied(bridge);
      operate(federation, "members", "retire", "north", "--yes");
      operate(federation, "members", "retire", "west", "--yes");

      // Then nothing of theirs stands in it, and nobody speaks for them any more
      awaitAsBefore(three.istio(), east);
      awaitNobodySpeaksFor(bridge, "north");
      awaitNobodySpeaksFor(bridge, "west");

      // When what they hold of others is taken out of them
      var fromNorth = operate(federation, "uninstall", "north", "--yes");
      var fromWest = operate(federation, "uninstall", "west", "--yes");

      // Then they are as they were
      assertThat(fromNorth).contains("Removed from north: ").doesNotContain("Left: ");
      assertThat(fromWest).contains("Removed from west: ").doesNotContain("Left: ");
      assertThat(WholeState.of(three.linkerd())).isEqualTo(north);
      assertThat(WholeState.of(three.consul())).isEqualTo(west);
    }
  }

  private static void putAll(ThreeMeshes three) throws IOException {
    var federation = three.federation();
    federation.put(three.istio(), Shop.of("reviews", 9080, "10.1.0.1").with("10.1.0.2", false));
    federation.put(three.linkerd(), Shop.of("search", 8080, "10.3.0.1"));
    federation.put(three.consul(), Shop.of("stock", 7070, "10.2.0.1"));
    new RouteObjects(three.istio().api()).put(SPLIT);
    var consul = three.consul().api();
    consul.put(
        "/v1/config", "{\"Kind\":\"service-defaults\",\"Name\":\"stock\",\"Protocol\":\"http\"}");
    consul.put(
        "/v1/config",
        """
        {"Kind": "service-router", "Name": "stock",
         "Routes": [{"Match": {"HTTP": {"PathPrefix": "/slow"}},
                     "Destination": {"Service": "stock", "RequestTimeout": "33s"}}]}
        """);
  }

  /** Each of the three services in both other meshes. */
  private static void awaitAllApplied(BridgeProcess bridge) {
    await("every import is applied")
        .atMost(Federation.CONVERGENCE)
        .untilAsserted(() -> assertThat(bridge.rest().imports("state=Applied")).hasSize(6));
  }

  private static void awaitAsBefore(KubernetesRig istio, SortedMap<String, String> before) {
    await("the mesh is as it was")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(WholeState.of(istio)).isEqualTo(before));
  }

  private static void awaitNobodySpeaksFor(BridgeProcess bridge, String mesh) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().meshes())
                    .filteredOn(one -> one.path("id").asText().equals(mesh))
                    .noneMatch(one -> one.path("role").asText().equals("leader")));
  }

  private static String operate(Federation federation, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--reason", "moves", "--by", "anna"));
    var command =
        Command.run(federation.folder(), federation.configuration(), line.toArray(String[]::new));
    assertThat(command.exitCode()).as(command.output()).isZero();
    return command.output();
  }
}
