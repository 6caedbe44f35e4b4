package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An import that is a gateway as an ingress-gateway, and as services that are nothing but names,
 * which stand for the hosts of which more is said than Consul's gateways can be told. Pure.
 */
public final class GatewayWriter {
  private final Import service;
  private final TrafficPolicy policy;
  private final ServerVersion version;
  private final LossBook losses;
  private final OpenListeners open;
  private final List<WantedEntry> entries = new ArrayList<>();
  private final Map<Integer, GatewayHosts> hosts = new TreeMap<>();
  private final Set<Integer> connections = new TreeSet<>();

  private GatewayWriter(Import service, ServerVersion version, Location location) {
    this.service = service;
    this.policy = service.export().traffic();
    this.version = version;
    this.losses = new LossBook(location);
    this.open = new OpenListeners(service.export().ingress().orElseThrow(), version, losses);
  }

  /**
   * Writes the gateway.
   *
   * @param version what the server can be told
   * @param location where losses are said to be
   * @throws java.util.NoSuchElementException if the import is no gateway
   */
  public static TrafficWriter.Written write(
      Import gateway, ServerVersion version, Location location) {
    return new GatewayWriter(gateway, version, location).write();
  }

  private TrafficWriter.Written write() {
    var listeners = new ArrayList<Map<String, Object>>();
    for (int port : open.ports()) {
      var services = services(port);
      if (services.isEmpty()) {
        open.tellEmpty(port);
      } else {
        listeners.add(listener(port, services));
      }
    }
    tellRulesThatAreNowhere();
    dropNames();
    if (listeners.isEmpty()) {
      losses.refuse("ingress", "none of its listeners can be told to Consul");
    }
    var fields = new LinkedHashMap<String, Object>();
    if (open.isTlsForAll()) {
      fields.put("TLS", Map.of("Enabled", true));
    }
    fields.put("Listeners", listeners);
    entries.add(WantedEntry.of(ConfigKind.INGRESS_GATEWAY, service.name(), fields));
    entries.sort(Comparator.comparing(WantedEntry::kind).thenComparing(WantedEntry::name));
    return new TrafficWriter.Written(entries, losses.losses());
  }

  private record Services(String protocol, List<Map<String, Object>> list) {
    boolean isEmpty() {
      return list.isEmpty();
    }
  }

  private Services services(int port) {
    var isHttp = open.at(port).values().iterator().next().isHttp();
    var protocol = new ListenerProtocol(service, port).choose(isHttp);
    var here = new ServicePort("port-" + port, port, protocol);
    var neighbours = new Neighbours(service, here, SubsetMeta.of(policy));
    var word = ListenerProtocol.word(protocol);
    if (!isHttp) {
      connections.add(port);
      var plan = new PortPlan(service.name(), here, neighbours, version, losses);
      var list = new GatewayConnections(policy.l4(), plan).services();
      entries.addAll(plan.entries());
      return new Services(word, list);
    }
    var sorted = new GatewayHosts(port, open.hosts(port), policy.http());
    hosts.put(port, sorted);
    var writer = new HostWriter(service, here, neighbours, version, losses, open.isTlsForAll());
    var list = writer.services(sorted);
    entries.addAll(writer.entries());
    return new Services(word, list);
  }

  private Map<String, Object> listener(int port, Services services) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("Port", port);
    fields.put("Protocol", services.protocol());
    var tls = open.tlsOf(port);
    if (!tls.isEmpty()) {
      fields.put("TLS", tls);
    }
    fields.put("Services", services.list());
    return fields;
  }

  private void tellRulesThatAreNowhere() {
    for (int i = 0; i < policy.http().size(); i++) {
      tellMatchesThatAreNowhere(policy.http().get(i), "traffic.http[" + i + "]");
    }
    for (int i = 0; i < policy.l4().size(); i++) {
      var port = policy.l4().get(i).port();
      if (port.isPresent() && !connections.contains(port.getAsInt())) {
        losses.drop(
            "traffic.l4[" + i + "]", "no listener that Consul can be told takes such connections");
      }
    }
  }

  private void tellMatchesThatAreNowhere(HttpRule rule, String path) {
    var matches = GatewayHosts.matches(rule);
    var gone = new ArrayList<Integer>();
    for (int k = 0; k < matches.size(); k++) {
      var match = matches.get(k);
      if (hosts.values().stream().noneMatch(port -> port.isHere(match))) {
        gone.add(k);
      }
    }
    var reason = "no listener that Consul can be told takes such requests";
    if (gone.size() == matches.size()) {
      losses.drop(path, reason);
    } else {
      gone.forEach(k -> losses.drop(path + ".matches[" + k + "]", reason));
    }
  }

  private void dropNames() {
    for (int i = 0; i < policy.http().size(); i++) {
      if (policy.http().get(i).sources().fields().containsKey("name")) {
        losses.drop("traffic.http[" + i + "].name", "Consul's routes have no names");
      }
    }
    var listeners = service.export().ingress().orElseThrow().listeners();
    for (int i = 0; i < listeners.size(); i++) {
      if (listeners.get(i).sources().fields().containsKey("name")) {
        losses.drop("ingress.listeners[" + i + "].name", "Consul's listeners have no names");
      }
    }
  }
}
