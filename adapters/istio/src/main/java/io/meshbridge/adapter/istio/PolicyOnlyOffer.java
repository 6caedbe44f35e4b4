package io.meshbridge.adapter.istio;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.Offer;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A service of which nothing is known but how its traffic is treated. */
final class PolicyOnlyOffer {
  private static final int DEFAULT_PORT = 80;

  private PolicyOnlyOffer() {}

  static Offer of(MeshDescriptor mesh, ServiceKey service, String host, TrafficPolicy policy) {
    return new Offer(
        service,
        portsOf(policy),
        new TreeMap<>(),
        List.of(host),
        AccessPolicy.OPEN,
        policy,
        EndpointList.of(List.of()),
        FederationPath.startingAt(mesh.id()),
        List.of());
  }

  /** The ports that the policy names, or one that fits its rules. */
  private static List<ServicePort> portsOf(TrafficPolicy policy) {
    boolean connections = policy.http().isEmpty() && !policy.l4().isEmpty();
    boolean calls = !policy.http().isEmpty() && policy.http().stream().allMatch(HttpRule::grpc);
    var requests = calls ? AppProtocol.GRPC : AppProtocol.HTTP;
    var usual = connections ? AppProtocol.TCP : requests;
    var protocols = new TreeMap<Integer, AppProtocol>();
    policy
        .http()
        .forEach(
            rule -> {
              rule.matches().forEach(m -> m.port().ifPresent(p -> protocols.put(p, requests)));
              addOwn(rule.backends(), requests, protocols);
            });
    policy.l4().forEach(rule -> addConnections(rule, protocols));
    policy.ports().keySet().forEach(port -> protocols.putIfAbsent(port, usual));
    if (protocols.isEmpty()) {
      protocols.put(DEFAULT_PORT, usual);
    }
    return protocols.entrySet().stream()
        .map(port -> portOf(port.getKey(), port.getValue(), protocols.size() == 1))
        .toList();
  }

  private static void addConnections(L4Rule rule, SortedMap<Integer, AppProtocol> protocols) {
    var protocol = rule.isTls() ? AppProtocol.TLS : AppProtocol.TCP;
    rule.port().ifPresent(port -> protocols.putIfAbsent(port, protocol));
    addOwn(rule.backends(), protocol, protocols);
  }

  private static void addOwn(
      List<WeightedBackend> backends,
      AppProtocol protocol,
      SortedMap<Integer, AppProtocol> protocols) {
    backends.stream()
        .map(WeightedBackend::ref)
        .filter(ref -> ref.service().isEmpty())
        .forEach(ref -> ref.port().ifPresent(port -> protocols.putIfAbsent(port, protocol)));
  }

  private static ServicePort portOf(int number, AppProtocol protocol, boolean alone) {
    var word = protocol.name().toLowerCase(Locale.ROOT);
    return new ServicePort(alone ? word : word + "-" + number, number, protocol);
  }
}
