package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.linkerd.traffic.PolicyShape;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The ports of an import's Service.
 *
 * @param byName those that are written, by their name in the Service
 * @param names the name in the Service of each of them, by its name at the origin
 * @param undeclared those of which nothing is declared, so that the proxies look for TLS
 */
record ServicePorts(
    SequencedMap<String, ServicePort> byName, Map<String, String> names, Set<Integer> undeclared) {

  static ServicePorts of(List<ServicePort> ports, LossList losses) {
    var byName = new LinkedHashMap<String, ServicePort>();
    var names = new HashMap<String, String>();
    var numbers = new HashMap<String, String>();
    for (ServicePort port : ports) {
      var path = "ports[" + port.name() + "]";
      var same = numbers.putIfAbsent(transportOf(port) + port.number(), port.name());
      if (same != null) {
        losses.dropped(path, "a Service has each number once, and " + same + " has it already");
        continue;
      }
      var name = NameSyntax.label(port.name());
      if (!name.equals(port.name())) {
        losses.approximated(path + ".name", "is written as " + name + ", a DNS label");
      }
      if (port.protocol() == AppProtocol.GRPC) {
        losses.approximated(
            path + ".protocol", "is said as HTTP/2: Linkerd opens no port of 'grpc'");
      }
      names.put(port.name(), name);
      byName.put(name, port);
    }
    return new ServicePorts(byName, Map.copyOf(names), Set.of());
  }

  /** The same, declared so that routes have an effect. */
  ServicePorts opened(PolicyShape policy, LossList losses) {
    byName.values().stream()
        .filter(port -> policy.undeclared().contains(port.number()))
        .forEach(
            port ->
                losses.approximated(
                    "ports[" + port.name() + "].protocol",
                    "nothing is declared, so that Linkerd looks for the names of TLS"));
    return new ServicePorts(byName, names, policy.undeclared());
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** As they stand in the Service. */
  List<Map<String, Object>> ofService() {
    var manifest = new ArrayList<Map<String, Object>>();
    byName.forEach((name, port) -> manifest.add(entry(name, port.number(), port)));
    return manifest;
  }

  /** As they stand in a slice whose endpoints answer on these numbers. */
  List<Map<String, Object>> ofSlice(SortedMap<String, Integer> numbers) {
    var manifest = new ArrayList<Map<String, Object>>();
    byName.forEach(
        (name, port) -> {
          var number = numbers.get(name);
          if (number != null) {
            manifest.add(entry(name, number, port));
          }
        });
    return manifest;
  }

  /** The numbers of an endpoint, by the names in the Service; of ports that it has. */
  SortedMap<String, Integer> numbersOf(SortedMap<String, Integer> atOrigin) {
    var numbers = new TreeMap<String, Integer>();
    atOrigin.forEach(
        (name, number) -> {
          var written = names.get(name);
          if (written != null) {
            numbers.put(written, number);
          }
        });
    return numbers;
  }

  /** The numbers of the ports that Linkerd must not look into, as its annotation wants them. */
  String opaque() {
    return byName.values().stream()
        .filter(port -> LinkerdProtocols.isOpaque(port.protocol()))
        .filter(port -> !undeclared.contains(port.number()))
        .map(ServicePort::number)
        .sorted()
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private Map<String, Object> entry(String name, int number, ServicePort port) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", name);
    entry.put("port", number);
    entry.put("protocol", transportOf(port));
    var word = wordOf(port);
    if (!word.isEmpty()) {
      entry.put("appProtocol", word);
    }
    return entry;
  }

  private String wordOf(ServicePort port) {
    if (undeclared.contains(port.number())) {
      return "";
    }
    return LinkerdProtocols.wordOf(port.protocol());
  }

  private static String transportOf(ServicePort port) {
    return port.protocol() == AppProtocol.UDP ? "UDP" : "TCP";
  }
}
