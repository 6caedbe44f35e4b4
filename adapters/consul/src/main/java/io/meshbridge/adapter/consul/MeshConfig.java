package io.meshbridge.adapter.consul;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a datacenter's configuration says about its services.
 *
 * @param defaultProtocol the protocol of services that name none; empty if nobody says
 * @param protocols the protocol of each service that has one of its own
 * @param intended the services that an intention names as its destination
 */
record MeshConfig(
    String defaultProtocol, Map<ServiceName, String> protocols, Set<ServiceName> intended) {
  static final MeshConfig EMPTY = new MeshConfig("", Map.of(), Set.of());

  MeshConfig {
    protocols = Map.copyOf(protocols);
    intended = Set.copyOf(intended);
  }

  String protocolOf(ServiceName service) {
    return protocols.getOrDefault(service, defaultProtocol);
  }

  /** Collects entries, in any order. */
  static final class Builder {
    private String defaultProtocol = "";
    private final TreeMap<ServiceName, String> protocols = new TreeMap<>();
    private final TreeSet<ServiceName> intended = new TreeSet<>();

    /** Takes a config entry of one of the kinds that matter here; false if it is of another. */
    boolean addEntry(Map<String, Object> entry) {
      var name = ServiceName.of(Fields.text(entry, "Namespace"), Fields.text(entry, "Name"));
      var protocol = Fields.text(entry, "Protocol");
      switch (Fields.text(entry, "Kind")) {
        case "service-defaults" -> {
          if (!protocol.isEmpty()) {
            protocols.put(name, protocol);
          }
        }
        case "proxy-defaults" -> {
          defaultProtocol = Fields.text(Fields.object(entry, "Config"), "Protocol");
        }
        case "service-intentions" -> addIntended(name);
        default -> {
          return false;
        }
      }
      return true;
    }

    /** Takes an element of the list of intentions. */
    void addIntention(Map<String, Object> intention) {
      addIntended(
          ServiceName.of(
              Fields.text(intention, "DestinationNS"), Fields.text(intention, "DestinationName")));
    }

    MeshConfig build() {
      return new MeshConfig(defaultProtocol, protocols, intended);
    }

    private void addIntended(ServiceName destination) {
      // A wildcard names no service: it binds only those behind proxies, which are guarded anyway.
      if (!destination.name().equals("*")) {
        intended.add(destination);
      }
    }
  }
}
