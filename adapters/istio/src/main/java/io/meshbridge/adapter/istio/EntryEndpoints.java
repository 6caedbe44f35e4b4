package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.LabelRules;
import io.meshbridge.adapter.kubernetes.Addresses;
import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The endpoints of a ServiceEntry: those that take traffic, and nothing else, since a ServiceEntry
 * has no word for health.
 *
 * @param manifest as they are written
 * @param names whether one of them is a host name, which has to be resolved
 */
record EntryEndpoints(List<Map<String, Object>> manifest, boolean names) {
  private static final int MOST = 4096;

  static EntryEndpoints of(EndpointList endpoints, EntryPorts ports, LossList losses) {
    var usable = usable(endpoints, ports, losses);
    boolean weighted = usable.stream().anyMatch(endpoint -> endpoint.weight() != 1);
    if (usable.stream().anyMatch(endpoint -> !sayable(endpoint))) {
      losses.dropped("endpoints.locality", "a zone without its region cannot be said");
    }
    var unsaidLabels = new TreeSet<String>();
    var manifest = new ArrayList<Map<String, Object>>();
    usable.forEach(endpoint -> manifest.add(entryOf(endpoint, ports, weighted, unsaidLabels)));
    unsaidLabels.forEach(
        key ->
            losses.dropped(
                "endpoints.labels[" + key + "]", "is no valid label, or one that steers Istio"));
    return new EntryEndpoints(
        manifest, usable.stream().anyMatch(endpoint -> !Addresses.isIp(endpoint.address())));
  }

  private static List<Endpoint> usable(EndpointList endpoints, EntryPorts ports, LossList losses) {
    var serving =
        endpoints.endpoints().stream()
            .filter(endpoint -> endpoint.health().takesTraffic() && endpoint.weight() > 0)
            .toList();
    Set<String> answered =
        serving.stream()
            .flatMap(endpoint -> endpoint.ports().keySet().stream())
            .filter(ports.names()::containsKey)
            .collect(Collectors.toSet());
    var usable = new ArrayList<Endpoint>();
    for (Endpoint endpoint : serving) {
      var path = "endpoints[" + endpoint.address() + "]";
      if (!Addresses.isIp(endpoint.address()) && !Addresses.isName(endpoint.address())) {
        losses.dropped(path, "its address is neither an IP address nor a DNS name");
      } else if (answered.isEmpty() || !endpoint.ports().keySet().containsAll(answered)) {
        // Istio would call such an endpoint on the service's own number instead.
        losses.dropped(path, "it does not answer on every port, which an entry cannot say");
      } else if (usable.size() == MOST) {
        losses.dropped("endpoints", "a ServiceEntry holds at most " + MOST + " endpoints");
        break;
      } else {
        usable.add(endpoint);
      }
    }
    return usable;
  }

  private static Map<String, Object> entryOf(
      Endpoint endpoint, EntryPorts ports, boolean weighted, Set<String> unsaidLabels) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("address", endpoint.address());
    var numbers = new TreeMap<String, Object>();
    endpoint
        .ports()
        .forEach(
            (name, number) -> {
              var written = ports.names().get(name);
              if (written != null) {
                numbers.put(written, number);
              }
            });
    entry.put("ports", numbers);
    if (weighted) {
      entry.put("weight", endpoint.weight());
    }
    if (endpoint.locality().isKnown() && sayable(endpoint)) {
      var zone = endpoint.locality().zone();
      entry.put("locality", endpoint.locality().region() + (zone.isEmpty() ? "" : "/" + zone));
    }
    var labels = new TreeMap<String, Object>();
    endpoint
        .labels()
        .forEach(
            (key, value) -> {
              if (LabelRules.isSafe(key, value)) {
                labels.put(key, value);
              } else {
                unsaidLabels.add(key);
              }
            });
    if (!labels.isEmpty()) {
      entry.put("labels", labels);
    }
    return entry;
  }

  private static boolean sayable(Endpoint endpoint) {
    return !endpoint.locality().isKnown() || !endpoint.locality().region().isEmpty();
  }
}
