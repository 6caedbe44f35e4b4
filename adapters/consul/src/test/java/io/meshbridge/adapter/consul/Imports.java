package io.meshbridge.adapter.consul;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Imports from a mesh called istio-a, for tests. */
final class Imports {
  static final MeshId ISTIO = new MeshId("istio-a");
  static final ServicePort HTTP = new ServicePort("http", 80, AppProtocol.HTTP);

  /** What is told of the import of {@code web}, whose port is not its instances'. */
  static final List<Loss> LOSSES_OF_WEB =
      List.of(
          new Loss(
              Location.of("import istio-a/shop/web"),
              "ports[http]",
              Loss.Outcome.APPROXIMATED,
              "a Consul service has no port of its own: clients call the number of each instance,"
                  + " and nothing says its name",
              ""));

  private Imports() {}

  static Import of(String service, Endpoint... endpoints) {
    return of(service, service + "-istio-a", List.of(HTTP), AccessPolicy.OPEN, endpoints);
  }

  static Import named(String service, String name, Endpoint... endpoints) {
    return of(service, name, List.of(HTTP), AccessPolicy.OPEN, endpoints);
  }

  static Import of(
      String service,
      String name,
      List<ServicePort> ports,
      AccessPolicy access,
      Endpoint... endpoints) {
    var export =
        new Export(
            new ServiceKey(ISTIO, "shop", service),
            ports,
            new TreeMap<>(Map.of("app", service)),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(ISTIO),
            access);
    return new Import(
        name,
        export,
        EndpointList.of(List.of(endpoints)),
        new MeshDescriptor(ISTIO, "istio", "", "", ""));
  }

  static Endpoint at(String address, int port) {
    return Endpoint.ready(address, Map.of("http", port));
  }
}
