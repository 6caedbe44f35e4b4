package io.meshbridge.log;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.TrustBundle;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One of each kind of record. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  static final MeshId MESH = new MeshId("istio-a");
  static final ServiceKey CATALOG = new ServiceKey(MESH, "bookshop", "catalog");

  static final MeshRecord EXPORTED =
      new MeshRecord.Exported(
          new Export(
              CATALOG,
              List.of(
                  new ServicePort("http", 80, AppProtocol.HTTP),
                  new ServicePort("grpc", 9090, AppProtocol.GRPC)),
              new TreeMap<>(Map.of("team", "books", "app", "catalog")),
              List.of("catalog.bookshop.svc.cluster.local"),
              NOW,
              FederationPath.startingAt(MESH),
              AccessPolicy.meshIdentityRequired("PeerAuthentication STRICT in bookshop")));

  static final Ingress INGRESS =
      new Ingress(
          List.of(
              new Listener(
                  "http",
                  80,
                  Listener.Kind.HTTP,
                  List.of("*.example.org"),
                  Optional.empty(),
                  new Sources.Builder()
                      .add("port", new FieldRef("Gateway bookshop/edge", "spec.servers[0].port"))
                      .build()),
              new Listener(
                  "https",
                  443,
                  Listener.Kind.HTTPS,
                  List.of(),
                  Optional.of(
                      new ListenerTls(
                          ListenerTls.Mode.MUTUAL, List.of("edge-cert"), Optional.of("1.2"))),
                  Sources.NONE)));

  static final MeshRecord GATEWAY =
      new MeshRecord.Exported(
          new Export(
              Ingress.keyOf(MESH, "bookshop", "edge"),
              INGRESS.ports(),
              new TreeMap<>(),
              List.of(),
              NOW,
              FederationPath.startingAt(MESH),
              AccessPolicy.OPEN,
              TrafficPolicy.NONE,
              Optional.of(INGRESS),
              List.of()));

  static final MeshRecord ENDPOINTS =
      new MeshRecord.EndpointsChanged(
          CATALOG,
          1,
          3,
          EndpointList.of(
              List.of(
                  Endpoint.ready("10.1.2.3", Map.of("http", 8080, "grpc", 9090)),
                  new Endpoint(
                      "10.1.2.4",
                      new TreeMap<>(Map.of("http", 8080)),
                      Health.NOT_READY,
                      7,
                      new Locality("eu-west-1", "eu-west-1a"),
                      "vpc-1",
                      new TreeMap<>(Map.of("version", "v2")),
                      "spiffe://cluster.local/ns/bookshop/sa/catalog"))));

  static final String ROOT =
      "-----BEGIN CERTIFICATE-----\nMIIBdTCCARugAwIBAgIBATAKBggq\n-----END CERTIFICATE-----";

  static final List<MeshRecord> ALL =
      List.of(
          new MeshRecord.Described(
              new MeshDescriptor(MESH, "istio", "1.29.0", "cluster.local", "vpc-1")),
          new MeshRecord.Trusted(
              new TrustBundle("cluster.local", List.of(ROOT), 3, TrustBundle.USUAL_REFRESH)),
          new MeshRecord.Beat(
              new Heartbeat(
                  NOW, "bridge-0", "0.1.0", Heartbeat.SourceState.INTERRUPTED, "API server away")),
          new MeshRecord.Marked(new SnapshotMarker(42, 2, "1f")),
          EXPORTED,
          GATEWAY,
          new MeshRecord.ExportGone(CATALOG),
          ENDPOINTS,
          new MeshRecord.Faulty(CATALOG, "VirtualService shop/catalog: a weight is no number"),
          new MeshRecord.FaultGone(CATALOG),
          new MeshRecord.Held(CATALOG, new Hold(NOW, "60 of 100 services would be gone")),
          new MeshRecord.HoldGone(CATALOG),
          new MeshRecord.EndpointsGone(CATALOG, 2));

  private Samples() {}
}
