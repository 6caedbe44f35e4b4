package io.meshbridge.translation;

import io.meshbridge.model.ServiceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What services are called in a target: who comes first has the name. */
final class NameBook {
  private final Map<String, ServiceKey> holders = new HashMap<>();
  private final Map<ServiceKey, String> names = new HashMap<>();
  private final Set<String> contested = new HashSet<>();

  void claim(String name, ServiceKey service) {
    if (holders.putIfAbsent(name, service) == null) {
      names.put(service, name);
    } else {
      contested.add(name);
    }
  }

  Optional<ServiceKey> holder(String name) {
    return Optional.ofNullable(holders.get(name));
  }

  Optional<String> nameOf(ServiceKey service) {
    return Optional.ofNullable(names.get(service));
  }

  /** Whether somebody else wanted the name, too. */
  boolean isContested(String name) {
    return contested.contains(name);
  }

  /** The names of those of these services that have one. */
  SortedMap<ServiceKey, String> of(Set<ServiceKey> services) {
    var found = new TreeMap<ServiceKey, String>();
    services.forEach(service -> nameOf(service).ifPresent(name -> found.put(service, name)));
    return found;
  }
}
