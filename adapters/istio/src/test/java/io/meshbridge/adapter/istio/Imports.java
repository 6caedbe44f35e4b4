package io.meshbridge.adapter.istio;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Imports for tests: a shop's service of a Consul far away. */
final class Imports {
  static final MeshId AWAY = new MeshId("away");

  private Imports() {}

  static Import of(String name, String... addresses) {
    return of(
        name,
        List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
        AccessPolicy.OPEN,
        Stream.of(addresses).map(a -> Endpoint.ready(a, Map.of("http", 8080))).toList());
  }

  static Import of(
      String name, List<ServicePort> ports, AccessPolicy access, List<Endpoint> endpoints) {
    return named(name + ".shop.away.mesh.internal", name, ports, access, endpoints);
  }

  /** Somebody's service with that policy, called by one HTTP port. */
  static Import policed(TrafficPolicy policy, Map<ServiceKey, String> names) {
    var plain = of("web", "10.0.0.1");
    var export = plain.export();
    return new Import(
        plain.name(),
        new Export(
            export.key(),
            export.ports(),
            export.labels(),
            List.of("web.shop.svc.cluster.local"),
            export.firstSeen(),
            export.path(),
            export.access(),
            policy),
        plain.endpoints(),
        plain.origin(),
        new TreeMap<>(names));
  }

  static Import named(
      String host,
      String name,
      List<ServicePort> ports,
      AccessPolicy access,
      List<Endpoint> endpoints) {
    var export =
        new Export(
            new ServiceKey(AWAY, "shop", name),
            ports,
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(AWAY),
            access);
    return new Import(
        host, export, EndpointList.of(endpoints), new MeshDescriptor(AWAY, "consul", "", "", ""));
  }
}
