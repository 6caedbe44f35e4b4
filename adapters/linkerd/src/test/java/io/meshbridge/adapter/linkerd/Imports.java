package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Imports for tests: a shop's service of an Istio far away. */
final class Imports {
  static final MeshId AWAY = new MeshId("away");
  static final ServicePort HTTP = new ServicePort("http", 80, AppProtocol.HTTP);

  private Imports() {}

  /** The service {@code web} of namespace {@code shop}, ready at these addresses. */
  static Import web(String... addresses) {
    return web(Stream.of(addresses).map(a -> Endpoint.ready(a, Map.of("http", 8080))).toList());
  }

  static Import web(List<Endpoint> endpoints) {
    return of("web-away.shop", List.of(HTTP), AccessPolicy.OPEN, endpoints);
  }

  static Import of(
      String name, List<ServicePort> ports, AccessPolicy access, List<Endpoint> endpoints) {
    return of(name, new ServiceKey(AWAY, "shop", "web"), ports, access, endpoints);
  }

  static Import of(
      String name,
      ServiceKey service,
      List<ServicePort> ports,
      AccessPolicy access,
      List<Endpoint> endpoints) {
    var export =
        new Export(
            service,
            ports,
            new TreeMap<>(),
            List.of("web", "web.shop.svc", "web.shop.svc.cluster.local"),
            Instant.EPOCH,
            FederationPath.startingAt(AWAY),
            access);
    return new Import(
        name, export, EndpointList.of(endpoints), new MeshDescriptor(AWAY, "istio", "", "", ""));
  }

  static Endpoint endpoint(String address, Health health, String identity) {
    return new Endpoint(
        address,
        new TreeMap<>(Map.of("http", 8080)),
        health,
        1,
        Locality.UNKNOWN,
        "",
        new TreeMap<>(),
        identity);
  }

  /** That many ready endpoints. */
  static List<Endpoint> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Endpoint.ready(
                    "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, Map.of("http", 8080)))
        .toList();
  }
}
