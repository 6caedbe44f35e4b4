package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.model.AccessPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Says whether a service can be called without an identity of the mesh, as Linkerd's proxies
 * decide: by the Server of a port, else by the default of the namespace, else by that of the mesh.
 *
 * <p>Pods are not read, only the labels that a Service selects them by. A Server for some of them
 * guards the service as a whole, and so does any word that we do not know: access may be narrower
 * elsewhere, never wider.
 */
final class InboundPolicies {
  private static final Set<String> OPEN = Set.of("all-unauthenticated", "audit");

  private final MeshConfig config;
  private final Function<String, NamespaceFacts> namespaces;
  private final Map<String, List<ServerPolicy>> servers = new HashMap<>();

  InboundPolicies(
      MeshConfig config,
      Function<String, NamespaceFacts> namespaces,
      Collection<ServerPolicy> servers) {
    this.config = config;
    this.namespaces = namespaces;
    for (ServerPolicy server : servers) {
      this.servers.computeIfAbsent(server.key().namespace(), n -> new ArrayList<>()).add(server);
    }
    this.servers.values().forEach(list -> list.sort(Comparator.comparing(ServerPolicy::key)));
  }

  /** The ports that are opaque unless a Service says otherwise. */
  OpaquePorts opaquePorts(ResourceKey service) {
    return namespaces.apply(service.namespace()).opaquePorts();
  }

  /**
   * Who may call a service.
   *
   * @param targets the ports on which its pods answer, as far as they are known
   */
  AccessPolicy accessTo(ServiceFacts service, Set<Integer> targets) {
    return byDefault(service.key().namespace())
        .or(() -> byServer(service, knownTargets(service, targets)))
        .map(AccessPolicy::meshIdentityRequired)
        .orElse(AccessPolicy.OPEN);
  }

  private Optional<String> byDefault(String namespace) {
    var own = namespaces.apply(namespace).inboundPolicy();
    if (!own.isEmpty()) {
      return OPEN.contains(own)
          ? Optional.empty()
          : Optional.of("the default inbound policy of namespace " + namespace + " is " + own);
    }
    return OPEN.contains(config.inboundPolicy())
        ? Optional.empty()
        : Optional.of("the default inbound policy of the mesh is " + config.inboundPolicy());
  }

  private Optional<String> byServer(ServiceFacts service, Set<Integer> targets) {
    if (service.selector().isEmpty()) {
      return Optional.empty();
    }
    return servers.getOrDefault(service.key().namespace(), List.of()).stream()
        .filter(server -> !OPEN.contains(server.accessPolicy()))
        .filter(server -> server.maySelect(service.selector()) && server.mayDecideFor(targets))
        .findFirst()
        .map(
            server ->
                "Server "
                    + server.key()
                    + " on port "
                    + server.port()
                    + " has the access policy "
                    + server.accessPolicy());
  }

  /** Empty, which is any, where a port of the pods has a name for which no number is known. */
  private static Set<Integer> knownTargets(ServiceFacts service, Set<Integer> targets) {
    var declared = new TreeSet<Integer>();
    boolean named = false;
    for (ServiceFacts.Port port : service.ports()) {
      if (port.targetPort().chars().allMatch(Character::isDigit)) {
        declared.add(Integer.parseInt(port.targetPort()));
      } else {
        named = true;
      }
    }
    return named && declared.containsAll(targets) ? Set.of() : targets;
  }
}
