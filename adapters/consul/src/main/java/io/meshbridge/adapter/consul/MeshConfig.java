package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntries;
import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a datacenter's configuration says about its services.
 *
 * @param entries how their traffic flows
 * @param intended the services that an intention names as its destination
 */
record MeshConfig(ConfigEntries entries, Set<ServiceName> intended) {
  static final MeshConfig EMPTY = new MeshConfig(ConfigEntries.NONE, Set.of());

  MeshConfig {
    intended = Set.copyOf(intended);
  }

  String protocolOf(ServiceName service) {
    return entries.protocolOf(service);
  }

  /**
   * The services of which something else may hold than before.
   *
   * @return empty if it may hold of all
   */
  Optional<Set<ServiceName>> affectedSince(MeshConfig before) {
    return entries
        .affectedSince(before.entries)
        .map(
            services -> {
              var affected = new TreeSet<>(services);
              intended.stream().filter(s -> !before.intended.contains(s)).forEach(affected::add);
              before.intended.stream().filter(s -> !intended.contains(s)).forEach(affected::add);
              return affected;
            });
  }

  /** The gateways of which something else may hold than before. */
  Set<ServiceName> gatewaysAffectedSince(MeshConfig before) {
    return entries.gatewaysAffectedSince(before.entries, entries.affectedSince(before.entries));
  }

  /** Collects entries; of two of one kind for one service the later counts. */
  static final class Builder {
    private final Map<ConfigKind, Map<ServiceName, ConfigEntry>> entries =
        new EnumMap<>(ConfigKind.class);
    private final TreeSet<ServiceName> intended = new TreeSet<>();

    /** Takes an entry; returns the one of the same kind and service whose place it takes. */
    Optional<ConfigEntry> add(ConfigEntry entry) {
      return Optional.ofNullable(
          entries
              .computeIfAbsent(entry.kind(), absent -> new TreeMap<>())
              .put(entry.name(), entry));
    }

    /** Takes a config entry of kind {@code service-intentions}. */
    void addIntentions(Map<String, Object> entry) {
      addIntended(ServiceName.of(Fields.text(entry, "Namespace"), Fields.text(entry, "Name")));
    }

    /** Takes an element of the list of intentions. */
    void addIntention(Map<String, Object> intention) {
      addIntended(
          ServiceName.of(
              Fields.text(intention, "DestinationNS"), Fields.text(intention, "DestinationName")));
    }

    MeshConfig build() {
      return new MeshConfig(
          ConfigEntries.of(entries.values().stream().flatMap(e -> e.values().stream()).toList()),
          intended);
    }

    private void addIntended(ServiceName destination) {
      // A wildcard names no service: it binds only those behind proxies, which are guarded anyway.
      if (!destination.name().equals("*")) {
        intended.add(destination);
      }
    }
  }
}
