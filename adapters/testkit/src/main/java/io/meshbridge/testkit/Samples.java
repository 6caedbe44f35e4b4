package io.meshbridge.testkit;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plain values for tests that do not care about their details: a service answers HTTP on port 80,
 * and its endpoints on 8080.
 */
public final class Samples {
  /** The federation that samples belong to. */
  public static final String FEDERATION = "bookshop";

  /** When samples were first seen. */
  public static final Instant FIRST_SEEN = Instant.parse("2026-11-22T10:00:00Z");

  /** The only port of a sample service. */
  public static final ServicePort HTTP = new ServicePort("http", 80, AppProtocol.HTTP);

  private Samples() {}

  /** A mesh of the make {@code istio}. */
  public static MeshDescriptor mesh(String id) {
    return mesh(id, "istio");
  }

  /** A mesh of a make. */
  public static MeshDescriptor mesh(String id, String kind) {
    return new MeshDescriptor(new MeshId(id), kind, "", id + ".local", "");
  }

  /** A service's key. */
  public static ServiceKey key(String mesh, String namespace, String name) {
    return new ServiceKey(new MeshId(mesh), namespace, name);
  }

  /** Ready endpoints at these addresses, on port 8080. */
  public static EndpointList endpoints(String... addresses) {
    return EndpointList.of(
        Arrays.stream(addresses)
            .map(address -> Endpoint.ready(address, Map.of(HTTP.name(), 8080)))
            .toList());
  }

  /** A service at home, that anyone may call. */
  public static Export export(ServiceKey key) {
    return new Export(
        key,
        List.of(HTTP),
        new TreeMap<>(),
        List.of(key.name() + "." + key.namespace()),
        FIRST_SEEN,
        FederationPath.startingAt(key.mesh()),
        AccessPolicy.OPEN);
  }

  /**
   * An import with ready endpoints at these addresses; its name is the service's and the mesh's.
   */
  public static Import importOf(ServiceKey key, String... addresses) {
    return importNamed(key.name() + "-" + key.mesh(), key, addresses);
  }

  /** The same under a name of the test's choice. */
  public static Import importNamed(String name, ServiceKey key, String... addresses) {
    return new Import(name, export(key), endpoints(addresses), mesh(key.mesh().value()));
  }

  /** What a source says of a service with ready endpoints at these addresses. */
  public static Offer offer(ServiceKey key, String... addresses) {
    var export = export(key);
    return new Offer(
        key,
        export.ports(),
        export.labels(),
        export.hostnames(),
        export.access(),
        endpoints(addresses),
        export.path(),
        List.of());
  }

  /** The mark on an object that stands for a service in a target. */
  public static Ownership ownership(String target, ServiceKey service) {
    return new Ownership(
        FEDERATION,
        new MeshId(target),
        service,
        FederationPath.startingAt(service.mesh()),
        "0".repeat(64));
  }
}
