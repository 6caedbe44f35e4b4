package io.meshbridge.adapter.consul.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All config entries of a datacenter. Immutable.
 *
 * @param byKind of each kind at most one for a service
 */
public record ConfigEntries(Map<ConfigKind, SortedMap<ServiceName, ConfigEntry>> byKind) {
  /** The name of the only entry that {@code proxy-defaults} has. */
  static final ServiceName GLOBAL = ServiceName.of("", "global");

  /** Nothing is configured. */
  public static final ConfigEntries NONE = of(List.of());

  /** Copies. */
  public ConfigEntries {
    var copy = new EnumMap<ConfigKind, SortedMap<ServiceName, ConfigEntry>>(ConfigKind.class);
    for (ConfigKind kind : ConfigKind.values()) {
      copy.put(
          kind,
          Collections.unmodifiableSortedMap(
              new TreeMap<>(byKind.getOrDefault(kind, Collections.emptySortedMap()))));
    }
    byKind = Collections.unmodifiableMap(copy);
  }

  /** These; of two for one service the later counts, as if it had been written after the other. */
  public static ConfigEntries of(Collection<ConfigEntry> entries) {
    var byKind = new HashMap<ConfigKind, SortedMap<ServiceName, ConfigEntry>>();
    for (ConfigEntry entry : entries) {
      byKind.computeIfAbsent(entry.kind(), absent -> new TreeMap<>()).put(entry.name(), entry);
    }
    return new ConfigEntries(byKind);
  }

  /** The entry of a service. */
  public Optional<ConfigEntry> find(ConfigKind kind, ServiceName service) {
    return Optional.ofNullable(of(kind).get(service));
  }

  /** What holds for all of the datacenter's proxies. */
  public Optional<ConfigEntry> proxyDefaults() {
    return find(ConfigKind.PROXY_DEFAULTS, GLOBAL);
  }

  /** All services that an entry is about. */
  public SortedSet<ServiceName> services() {
    var services = new TreeSet<ServiceName>();
    byKind.forEach(
        (kind, entries) -> {
          if (kind.isOfService()) {
            services.addAll(entries.keySet());
          }
        });
    return services;
  }

  /** The protocol that the datacenter declares for a service; empty if it says nothing. */
  public String protocolOf(ServiceName service) {
    return find(ConfigKind.SERVICE_DEFAULTS, service)
        .map(ConfigEntry::protocol)
        .filter(protocol -> !protocol.isEmpty())
        .or(() -> proxyDefaults().map(ConfigEntry::protocol))
        .orElse("");
  }

  /** All gateways, by name. */
  public SortedMap<ServiceName, ConfigEntry> gateways() {
    return of(ConfigKind.INGRESS_GATEWAY);
  }

  /**
   * The services of which something else may hold than by the entries before: those whose entries
   * differ, and those whose requests come by there.
   *
   * @return empty if it may hold of all
   */
  public Optional<Set<ServiceName>> affectedSince(ConfigEntries before) {
    if (!of(ConfigKind.PROXY_DEFAULTS).equals(before.of(ConfigKind.PROXY_DEFAULTS))) {
      return Optional.empty();
    }
    var changed = new TreeSet<ServiceName>();
    for (ConfigKind kind : ConfigKind.values()) {
      if (!kind.isOfService()) {
        continue;
      }
      var names = new TreeSet<>(of(kind).keySet());
      names.addAll(before.of(kind).keySet());
      names.stream()
          .filter(name -> !Objects.equals(of(kind).get(name), before.of(kind).get(name)))
          .forEach(changed::add);
    }
    return Optional.of(changed.isEmpty() ? changed : withReferrers(changed));
  }

  /**
   * The gateways of which something else may hold than by the entries before.
   *
   * @param services those of which something else may hold; empty for all
   */
  public Set<ServiceName> gatewaysAffectedSince(
      ConfigEntries before, Optional<Set<ServiceName>> services) {
    var affected = new TreeSet<>(before.gateways().keySet());
    affected.removeAll(gateways().keySet());
    gateways()
        .forEach(
            (name, entry) -> {
              if (services.isEmpty()
                  || !entry.equals(before.gateways().get(name))
                  || !Collections.disjoint(References.of(entry), services.get())) {
                affected.add(name);
              }
            });
    return affected;
  }

  private Set<ServiceName> withReferrers(Set<ServiceName> changed) {
    var referrers = new HashMap<ServiceName, List<ServiceName>>();
    for (ConfigKind kind :
        List.of(
            ConfigKind.SERVICE_ROUTER, ConfigKind.SERVICE_SPLITTER, ConfigKind.SERVICE_RESOLVER)) {
      of(kind)
          .values()
          .forEach(
              entry ->
                  References.of(entry)
                      .forEach(
                          other ->
                              referrers
                                  .computeIfAbsent(other, absent -> new ArrayList<>())
                                  .add(entry.name())));
    }
    var affected = new TreeSet<>(changed);
    var open = new ArrayDeque<>(changed);
    while (!open.isEmpty()) {
      for (ServiceName referrer : referrers.getOrDefault(open.remove(), List.of())) {
        if (affected.add(referrer)) {
          open.add(referrer);
        }
      }
    }
    return affected;
  }

  SortedMap<ServiceName, ConfigEntry> of(ConfigKind kind) {
    return byKind.getOrDefault(kind, Collections.emptySortedMap());
  }
}
