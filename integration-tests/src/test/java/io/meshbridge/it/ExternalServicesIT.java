package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Databases, caches and queues that a mesh knows but does not run, offered to the others. */
final class ExternalServicesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void areImportedAsBytesThatNobodyLooksIntoUnlessTheMeshKnowsThem() throws Exception {
    try (var three = ThreeMeshes.start(KAFKA.broker(), "external")) {
      // Given: each mesh's own way to know of something outside
      three.istio().create(entry("orders-db", "MYSQL", 3306, "10.9.0.1"));
      three.istio().create(entry("books-db", "MONGO", 27017, "10.9.0.2"));
      three.istio().create(entry("events", "TLS", 9093, "10.9.0.3"));
      create(
          three.linkerd().api(),
          """
          apiVersion: v1
          kind: Service
          metadata:
            name: cache
            namespace: yard
            labels: {meshbridge.io/export: "true"}
          spec:
            ports: [{name: redis, port: 6379, appProtocol: redis}]
          """);
      create(
          three.linkerd().api(),
          """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: cache-1
            namespace: yard
            labels: {kubernetes.io/service-name: cache}
          addressType: IPv4
          ports: [{name: redis, port: 6379}]
          endpoints: [{addresses: [10.9.2.1]}]
          """);
      three
          .consul()
          .register(
              """
              {"Node": "outside-db", "Address": "10.9.1.1",
                "NodeMeta": {"external-node": "true", "external-probe": "true"},
                "Service": {"ID": "ledger-db-1", "Service": "ledger-db", "Port": 5432,
                  "Meta": {"meshbridge-export": "true"}}}
              """);

      // When
      var bridge = three.federation().startReady(three.federation().bridge("bridge"));

      // Then
      awaitImports(
          three.consul(),
          "books-db-east at 10.9.0.2:27017 passing <- east/shop/books-db for external/west",
          "cache-north at 10.9.2.1:6379 passing <- north/yard/cache for external/west",
          "events-east at 10.9.0.3:9093 passing <- east/shop/events for external/west",
          "orders-db-east at 10.9.0.1:3306 passing <- east/shop/orders-db for external/west");
      awaitImports(
          three.istio(),
          "cache.yard.north.mesh.internal 6379/redis/TCP at [10.9.2.1 redis=6379]"
              + " <- north/yard/cache for external/east",
          "ledger-db.default.west.mesh.internal 5432/tcp/TCP at [10.9.1.1 tcp=5432]"
              + " <- west/default/ledger-db for external/east");
      awaitImports(
          three.linkerd(),
          "books-db-east.shop 27017/main/mongo opaque [27017] at [10.9.0.2 main=27017 ready]"
              + " <- east/shop/books-db for external/north",
          "events-east.shop 9093/main/tls opaque [] at [10.9.0.3 main=9093 ready]"
              + " <- east/shop/events for external/north",
          "ledger-db-west.default 5432/tcp/linkerd.io/opaque opaque [5432] at"
              + " [10.9.1.1 tcp=5432 ready] <- west/default/ledger-db for external/north",
          "orders-db-east.shop 3306/main/mysql opaque [3306] at [10.9.0.1 main=3306 ready]"
              + " <- east/shop/orders-db for external/north");
      assertThat(bridge.rest().imports("mesh=east&name=cache"))
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(entry.path("losses").toString()).contains("REDIS is written as TCP"));
    }
  }

  private static String entry(String name, String protocol, int port, String address) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: %s
          labels: {meshbridge.io/export: "true"}
        spec:
          hosts: [%s.example.com]
          location: MESH_EXTERNAL
          resolution: STATIC
          ports: [{number: %d, name: main, protocol: %s}]
          endpoints: [{address: %s}]
        """
        .formatted(name, name, port, protocol, address);
  }

  private static void create(KubernetesTestApi api, String yaml) {
    HasMetadata object = api.client().resource(yaml).item();
    api.client().resource(object).create();
  }

  private static void awaitImports(MeshRig target, String... lines) {
    await("imports of " + target.id())
        .atMost(Federation.CONVERGENCE)
        .untilAsserted(
            () ->
                assertThat(target.imports())
                    // Not what this test wrote there itself.
                    .filteredOn(line -> line.endsWith(" for external/" + target.id()))
                    .containsExactly(lines));
  }
}
