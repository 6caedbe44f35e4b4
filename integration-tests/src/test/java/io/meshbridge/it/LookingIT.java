package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the commands that only look say of the meshes that a bridge serves. */
final class LookingIT {
  private static final String ROUTES =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec:
        hosts: [reviews]
        http:
          - match: [{uri: {prefix: /v2/}, headers: {x-beta: {exact: "yes"}}}]
            timeout: 3s
            rewrite: {uri: /}
            route: [{destination: {host: reviews}}]
          - retries: {attempts: 3, perTryTimeout: 500ms, retryOn: "5xx"}
            headers: {request: {set: {x-via: east}}}
            route: [{destination: {host: reviews}}]
      """;

  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void aBridgeAtRestHasNothingLeftToChangeInAnyMeshAndAStoppedOneHas() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "looking")) {
      // Given
      var federation = three.federation();
      federation.put(three.istio(), Shop.of("reviews", 9080, "10.1.0.1").with("10.1.0.2", false));
      federation.put(three.linkerd(), Shop.of("search", 8080, "10.3.0.1"));
      federation.put(three.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      new RouteObjects(three.istio().api()).put(ROUTES);
      var bridge = federation.startReady(federation.bridge("bridge"));
      Rest.await(federation, bridge);

      // Then
      for (String mesh : List.of("east", "north", "west")) {
        var diff = diff(federation, mesh);
        assertThat(diff.output()).contains("0 to be added, 0 to be changed, 0 to be removed");
        assertThat(diff.exitCode()).as(diff.output()).isZero();
        var told = bridge.rest().get("/api/v1/meshes/" + mesh + "/diff");
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(told.body()).contains("\"changes\":[]").contains("\"unreached\":[]");
      }

      assertThat(bridge.rest().get("/api/v1/doctor").body()).contains("\"unreached\":[]");

      // And when nobody carries a change
      bridge.kill();
      federation.put(three.consul(), Shop.of("stock", 7071, "10.2.0.9"));

      var diff = diff(federation, "east");
      assertThat(diff.exitCode()).as(diff.output()).isEqualTo(1);
      assertThat(diff.output()).contains("10.2.0.9").contains("1 to be changed");
    }
  }

  private static Command diff(Federation federation, String mesh) throws Exception {
    return Command.run(federation.folder(), federation.configuration(), "diff", "--mesh", mesh);
  }
}
