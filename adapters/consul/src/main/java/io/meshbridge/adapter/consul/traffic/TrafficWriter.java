package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An import's policy as config entries. Pure. */
public final class TrafficWriter {
  private static final Set<AppProtocol> HTTP_LIKE =
      Set.of(AppProtocol.HTTP, AppProtocol.HTTP2, AppProtocol.GRPC);

  private final Import service;
  private final TrafficPolicy policy;
  private final ServerVersion version;
  private final SubsetMeta meta;
  private final LossBook losses;

  /**
   * What a policy comes to.
   *
   * @param entries without marks, in the order in which the server takes them
   */
  public record Written(List<WantedEntry> entries, List<Loss> losses) {
    /** Copies. */
    public Written {
      entries = List.copyOf(entries);
      losses = List.copyOf(losses);
    }
  }

  private TrafficWriter(Import service, ServerVersion version, Location location) {
    this.service = service;
    this.policy = service.export().traffic();
    this.version = version;
    this.meta = SubsetMeta.of(policy);
    this.losses = new LossBook(location);
  }

  /**
   * Writes the policy.
   *
   * @param version what the server can be told
   * @param location where losses are said to be
   */
  public static Written write(Import service, ServerVersion version, Location location) {
    return new TrafficWriter(service, version, location).write();
  }

  private Written write() {
    var entries = new ArrayList<WantedEntry>();
    var names = PortNames.of(service.name(), service.export().ports());
    names.forEach((port, name) -> entries.addAll(entriesOf(port, name)));
    if (names.keySet().stream().noneMatch(port -> HTTP_LIKE.contains(port.protocol()))) {
      dropHttp();
    }
    if (names.keySet().stream().allMatch(port -> HTTP_LIKE.contains(port.protocol()))) {
      dropL4();
    }
    dropPortsThatAreNot();
    dropNames();
    entries.sort(Comparator.comparing(WantedEntry::kind).thenComparing(WantedEntry::name));
    return new Written(entries, losses.losses());
  }

  private List<WantedEntry> entriesOf(ServicePort port, String name) {
    var plan = new PortPlan(name, port, new Neighbours(service, port, meta), version, losses);
    var resolver = new ResolverWriter(policy, plan, meta).write();
    if (HTTP_LIKE.contains(port.protocol())) {
      plan.addProtocol(name);
      var routes = routes(plan);
      if (!routes.isEmpty()) {
        plan.add(ConfigKind.SERVICE_ROUTER, name, Map.of("Routes", routes));
      }
    } else {
      new ConnectionWriter(policy.l4(), plan).write(resolver);
    }
    if (!resolver.isEmpty()) {
      plan.add(ConfigKind.SERVICE_RESOLVER, name, resolver);
    }
    return plan.entries();
  }

  private List<Map<String, Object>> routes(PortPlan plan) {
    var rules = policy.http();
    if (rules.isEmpty() || (rules.size() == 1 && RuleWriter.isDefault(rules.getFirst()))) {
      return List.of();
    }
    var routes = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < rules.size(); i++) {
      routes.addAll(new RuleWriter(rules.get(i), i, plan).routes());
    }
    if (routes.stream().noneMatch(TrafficWriter::takesAll)) {
      // Consul would send the rest to the service itself, which nobody asked for.
      routes.add(Map.of("Destination", Map.of("Service", plan.nobody())));
      if (rules.stream().noneMatch(HttpRule::takesAll)) {
        losses.approximate(
            "traffic.http", "requests that no rule takes lead to no instance, which is 503");
      }
    }
    // The server ends every router so.
    if (routes.getLast().isEmpty()) {
      routes.removeLast();
    }
    return routes;
  }

  private static boolean takesAll(Map<String, Object> route) {
    return !route.containsKey("Match")
        || route.get("Match").equals(Map.of("HTTP", Map.of("PathPrefix", "/")));
  }

  private void dropHttp() {
    for (int i = 0; i < policy.http().size(); i++) {
      losses.drop(
          "traffic.http[" + i + "]",
          "no port of the service speaks HTTP, without which Consul refuses routes",
          "declare the protocol of its port");
    }
  }

  private void dropL4() {
    for (int i = 0; i < policy.l4().size(); i++) {
      losses.drop(
          "traffic.l4[" + i + "]",
          "all ports of the service speak HTTP, so its requests are routed one by one");
    }
  }

  private void dropNames() {
    for (int i = 0; i < policy.http().size(); i++) {
      if (policy.http().get(i).sources().fields().containsKey("name")) {
        losses.drop("traffic.http[" + i + "].name", "Consul's routes have no names");
      }
    }
  }

  /** What is said of a port that the service does not have. */
  private void dropPortsThatAreNot() {
    var numbers = service.export().ports().stream().map(ServicePort::number).toList();
    policy.ports().keySet().stream()
        .filter(number -> !numbers.contains(number))
        .forEach(
            number -> losses.drop("traffic.ports[" + number + "]", "the service has no such port"));
    for (int i = 0; i < policy.http().size(); i++) {
      var matches = policy.http().get(i).matches();
      for (int k = 0; k < matches.size(); k++) {
        var at = "traffic.http[" + i + "].matches[" + k + "].port";
        var port = matches.get(k).port();
        if (port.isPresent() && !numbers.contains(port.getAsInt())) {
          losses.drop(at, "the service has no such port");
        } else if (port.isPresent() && numbers.size() == 1) {
          losses.approximate(at, "a Consul service has but one port, which is this");
        }
      }
    }
  }
}
