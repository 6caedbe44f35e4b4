package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which objects have a host, so that a change of a host's policy finds them without a look at all.
 * Belongs to one thread.
 */
final class HostIndex {
  private static final String ANY = "*";

  private final Map<ResourceKey, List<String>> hostsOf = new HashMap<>();
  // By the labels of the host from the last to the first, so that a domain's hosts are neighbours.
  private final NavigableMap<String, Set<ResourceKey>> byHost = new TreeMap<>();

  /** Takes the hosts that an object has now; none if it is gone. */
  void put(ResourceKey key, Collection<String> hosts) {
    var before = hostsOf.getOrDefault(key, List.of());
    if (List.copyOf(hosts).equals(before)) {
      return;
    }
    before.forEach(host -> remove(turned(host), key));
    if (hosts.isEmpty()) {
      hostsOf.remove(key);
      return;
    }
    hostsOf.put(key, List.copyOf(hosts));
    hosts.forEach(host -> byHost.computeIfAbsent(turned(host), h -> new HashSet<>(2)).add(key));
  }

  /** The objects that have a host, or one that falls under a name with an asterisk. */
  Set<ResourceKey> of(String host) {
    if (host.equals(ANY)) {
      return hostsOf.keySet();
    }
    if (!host.startsWith(ANY)) {
      return byHost.getOrDefault(turned(host), Set.of());
    }
    var domain = turned(host.substring(ANY.length()));
    var found = new TreeSet<ResourceKey>();
    byHost.subMap(domain, domain + Character.MAX_VALUE).values().forEach(found::addAll);
    return found;
  }

  private void remove(String turned, ResourceKey key) {
    var keys = byHost.get(turned);
    if (keys != null && keys.remove(key) && keys.isEmpty()) {
      byHost.remove(turned);
    }
  }

  private static String turned(String host) {
    var labels = new ArrayList<>(List.of(host.split("\\.", -1)));
    Collections.reverse(labels);
    return String.join(".", labels);
  }
}
