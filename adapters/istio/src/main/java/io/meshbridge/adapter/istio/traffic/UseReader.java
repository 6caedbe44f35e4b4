package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.model.traffic.LocalityPolicy;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads how the endpoints of a service, of a port of it, or of a subset are used. */
final class UseReader {
  private static final String HANDSHAKE =
      "how this mesh's clients speak TLS is not carried: an import is reached as its mesh allows";

  private UseReader() {}

  /** Reads a traffic policy without what it says of single ports. */
  static DestinationPolicy read(TracedFields policy) {
    policy.drop("tls", HANDSHAKE, "");
    policy.drop("tunnel", "other meshes' clients do not tunnel", "");
    policy.drop("proxyProtocol", "other meshes' clients do not send the PROXY protocol", "");
    var sources = new Sources.Builder();
    var balancer = policy.object("loadBalancer");
    return new DestinationPolicy(
        BalancingReader.read(balancer, sources),
        OutlierReader.read(policy, sources),
        LimitsReader.read(policy, sources),
        LocalityReader.read(balancer, sources),
        List.of(),
        sources.build());
  }

  /**
   * The policy of a subset, where Istio takes a whole section from the subset or else from its
   * service: what a section of the subset leaves open is the mesh's default there, not the
   * service's.
   */
  static DestinationPolicy readBelow(TracedFields policy, DestinationPolicy service) {
    var own = read(policy);
    if (!policy.has("loadBalancer")) {
      return own;
    }
    return new DestinationPolicy(
        own.loadBalancing()
            .or(() -> service.loadBalancing().map(any -> LoadBalancing.by(Algorithm.DEFAULT))),
        own.outliers(),
        own.limits(),
        own.locality().or(() -> service.locality().map(any -> noPlaces())),
        own.failover(),
        own.sources());
  }

  private static LocalityPolicy noPlaces() {
    return new LocalityPolicy(Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of());
  }
}
