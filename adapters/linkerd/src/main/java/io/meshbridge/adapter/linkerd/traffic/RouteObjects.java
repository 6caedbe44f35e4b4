package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.NameSyntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts the rules of one port into routes. Retries and some timeouts are annotations of a route, so
 * neighbouring rules share one only if they agree on these; and no route has more rules or matches
 * than the API allows. Names ascend, since of equal matches the first route by age and name wins.
 */
final class RouteObjects {
  /** What routes bear for people: the names that the rules had at their origin. */
  static final String RULE_NAMES = "meshbridge.io/rule-names";

  private static final int MOST_RULES = 16;
  private static final int MOST_MATCHES = 8;

  private final TargetService target;

  RouteObjects(TargetService target) {
    this.target = target;
  }

  List<RouteObject> of(RouteKind kind, int port, List<SaidRule> rules) {
    var routes = new ArrayList<RouteObject>();
    var run = new ArrayList<SaidRule>();
    for (SaidRule rule : split(rules)) {
      boolean full =
          !run.isEmpty()
              && (run.size() == MOST_RULES
                  || !run.getLast().annotations().equals(rule.annotations()));
      if (full) {
        routes.add(route(kind, port, routes.size(), run));
        run.clear();
      }
      run.add(rule);
    }
    routes.add(route(kind, port, routes.size(), run));
    return routes;
  }

  /** One route for connections. */
  RouteObject of(RouteKind kind, int port, int number, List<String> hosts, List<?> backends) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("parentRefs", List.of(parent(port)));
    if (!hosts.isEmpty()) {
      spec.put("hostnames", hosts);
    }
    var rule = new LinkedHashMap<String, Object>();
    rule.put("backendRefs", backends);
    spec.put("rules", List.of(rule));
    return new RouteObject(kind, keyOf(kind, port, number), new TreeMap<>(), spec);
  }

  /** Older versions of the API allow fewer matches in a rule; the same rule may stand twice. */
  private static List<SaidRule> split(List<SaidRule> rules) {
    var parts = new ArrayList<SaidRule>();
    for (SaidRule rule : rules) {
      if (rule.takesAll()) {
        parts.add(rule);
        continue;
      }
      for (int from = 0; from < rule.matches().size(); from += MOST_MATCHES) {
        int to = Math.min(from + MOST_MATCHES, rule.matches().size());
        parts.add(rule.withMatches(rule.matches().subList(from, to)));
      }
    }
    return parts;
  }

  private RouteObject route(RouteKind kind, int port, int number, List<SaidRule> rules) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("parentRefs", List.of(parent(port)));
    spec.put("rules", rules.stream().map(SaidRule::manifest).toList());
    SortedMap<String, String> annotations = new TreeMap<>(rules.getFirst().annotations());
    var names =
        rules.stream()
            .map(SaidRule::name)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(Collectors.joining(","));
    if (!names.isEmpty()) {
      annotations.put(RULE_NAMES, names);
    }
    return new RouteObject(kind, keyOf(kind, port, number), annotations, spec);
  }

  private ResourceKey keyOf(RouteKind kind, int port, int number) {
    var name = target.key().name() + "-" + port + (number == 0 ? "" : suffix(number + 1));
    // Routes of different kinds have names of their own, but people should not have to know that.
    var full = kind.readsRequests() ? name : name + "-" + kind.name().toLowerCase(Locale.ROOT);
    return new ResourceKey(target.key().namespace(), NameSyntax.label(full));
  }

  private static String suffix(int number) {
    return String.format(Locale.ROOT, "-%02d", number);
  }

  private Map<String, Object> parent(int port) {
    var parent = new LinkedHashMap<String, Object>();
    parent.put("group", "");
    parent.put("kind", "Service");
    parent.put("name", target.key().name());
    parent.put("port", port);
    return parent;
  }
}
