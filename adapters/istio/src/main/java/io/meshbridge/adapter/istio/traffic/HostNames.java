package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Istio spells the names of services: a name without a dot is one of the object's own
 * namespace, every other name is whole ({@code ResolveShortnameToFQDN} of istiod).
 *
 * @param clusterDomain the domain of the cluster's own names
 */
public record HostNames(String clusterDomain) {
  private static final String ANY = "*";

  /** The whole name of a host as an object of that namespace means it. */
  public String whole(String host, String namespace) {
    return host.contains(".") || host.startsWith(ANY)
        ? host
        : hostOf(new ResourceKey(namespace, host));
  }

  /** The whole name of a Service of the cluster. */
  public String hostOf(ResourceKey service) {
    return service.name() + "." + service.namespace() + suffix();
  }

  /** The Service of the cluster that a whole name stands for; empty for any other name. */
  public Optional<ResourceKey> serviceOf(String host) {
    if (!host.endsWith(suffix())) {
      return Optional.empty();
    }
    var parts = List.of(host.substring(0, host.length() - suffix().length()).split("\\.", -1));
    return parts.size() == 2 && parts.stream().noneMatch(part -> part.isEmpty() || isAny(part))
        ? Optional.of(new ResourceKey(parts.get(1), parts.get(0)))
        : Optional.empty();
  }

  /** Whether a whole name stands for several hosts. */
  static boolean isAny(String host) {
    return host.startsWith(ANY);
  }

  /** The names with an asterisk that a host falls under, the most specific first. */
  static List<String> patternsOf(String host) {
    var patterns = new ArrayList<String>();
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      patterns.add(ANY + host.substring(dot));
    }
    patterns.add(ANY);
    return patterns;
  }

  private String suffix() {
    return ".svc." + clusterDomain;
  }
}
