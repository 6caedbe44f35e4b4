package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTPRoute or GRPCRoute whose parent is a Service, as Linkerd's policy controller converts it.
 * A route with a part that the controller or the API server does not take is not there at all.
 */
record LinkerdRoute(Native document, boolean grpc, List<Host> hosts, List<Rule> rules) {
  private static final String GATEWAY = "gateway.networking.k8s.io";
  private static final String POLICY = "policy.linkerd.io";
  private static final int MOST_RULES = 16;
  private static final int MOST_MATCHES = 64;

  /** A rule. */
  record Rule(
      Native source, List<LinkerdMatch> matches, LinkerdFilters filters, List<Backend> backends) {}

  /**
   * A backend.
   *
   * @param filters empty if one of them is not known: then it answers with an error
   */
  record Backend(
      String namespace, String name, int port, int weight, Optional<LinkerdFilters> filters) {}

  /** A host that the route is for. */
  record Host(String name) {
    /** How well it matches: exact names before suffixes, longer before shorter. */
    Optional<List<Integer>> summary(String host) {
      var lower = host.toLowerCase(Locale.ROOT);
      var wanted = name.toLowerCase(Locale.ROOT);
      if (wanted.startsWith("*.")) {
        return lower.endsWith(wanted.substring(1))
            ? Optional.of(List.of(1, wanted.length() - 1))
            : Optional.empty();
      }
      return lower.equals(wanted) ? Optional.of(List.of(2, wanted.length())) : Optional.empty();
    }
  }

  /** What a match is worth: hosts before all else. */
  record Worth(List<Integer> host, List<Integer> route) implements Comparable<Worth> {
    @Override
    public int compareTo(Worth other) {
      int byHost = compare(host, other.host);
      return byHost != 0 ? byHost : compare(route, other.route);
    }
  }

  /** A rule that matches. */
  record Found(LinkerdRoute route, Rule rule, Worth worth) {}

  /** Empty if it is no such route, or one that the controller refuses. */
  static Optional<LinkerdRoute> of(Native document) {
    boolean gateway = Kube.isOf(document, GATEWAY, "HTTPRoute");
    boolean policy = Kube.isOf(document, POLICY, "HTTPRoute");
    boolean grpc = Kube.isOf(document, GATEWAY, "GRPCRoute");
    if (!gateway && !policy && !grpc) {
      return Optional.empty();
    }
    try {
      var rules = new ArrayList<Rule>();
      requireAtMost(MOST_RULES, document.at("spec", "rules"));
      for (Native rule : document.at("spec", "rules").list()) {
        rules.add(ruleOf(rule, Kube.namespace(document), grpc, policy));
      }
      var hosts = document.at("spec", "hostnames").texts().stream().map(Host::new).toList();
      return Optional.of(new LinkerdRoute(document, grpc, hosts, List.copyOf(rules)));
    } catch (IllegalArgumentException unsupported) {
      // The controller logs it, or the API server refuses it: there is no such route.
      return Optional.empty();
    }
  }

  /** Whether it is for that port of the Service. */
  boolean isFor(String namespace, String service, int port) {
    return document.at("spec", "parentRefs").list().stream()
        .anyMatch(
            parent ->
                parent.at("kind").text().equals("Service")
                    && (parent.at("group").text().isEmpty()
                        || parent.at("group").text().equals("core"))
                    && parent.at("name").text().equals(service)
                    && parent.at("namespace").textOr(Kube.namespace(document)).equals(namespace)
                    && parent.at("port").number(port) == port);
  }

  /** Its best rule for the request, the first of equals. */
  Optional<Found> best(Request request) {
    var host = hostWorth(request);
    return host.flatMap(
        worth ->
            rules.stream()
                .flatMap(rule -> found(rule, worth, request).stream())
                .reduce((one, other) -> one.worth().compareTo(other.worth()) >= 0 ? one : other));
  }

  private Optional<List<Integer>> hostWorth(Request request) {
    if (hosts.isEmpty()) {
      return Optional.of(List.of(0, 0));
    }
    var called = request.host();
    int colon = called.indexOf(':');
    var name = colon < 0 ? called : called.substring(0, colon);
    return hosts.stream().flatMap(host -> host.summary(name).stream()).max(LinkerdRoute::compare);
  }

  private Optional<Found> found(Rule rule, List<Integer> host, Request request) {
    return rule.matches().stream()
        .flatMap(match -> match.summary(request).stream())
        .max(LinkerdRoute::compare)
        .map(worth -> new Found(this, rule, new Worth(host, worth)));
  }

  private static Rule ruleOf(Native rule, String namespace, boolean grpc, boolean policy) {
    requireAtMost(MOST_MATCHES, rule.at("matches"));
    var matches = new ArrayList<LinkerdMatch>();
    for (Native match : rule.at("matches").list()) {
      matches.add(grpc ? LinkerdMatch.Grpc.of(match) : LinkerdMatch.Http.of(match));
    }
    if (matches.isEmpty()) {
      matches.add(grpc ? LinkerdMatch.Grpc.ANY : LinkerdMatch.Http.of(rule.at("matches")));
    }
    var backends = new ArrayList<Backend>();
    for (Native backend : rule.at("backendRefs").list()) {
      backends.add(backendOf(backend, namespace));
    }
    return new Rule(
        rule,
        List.copyOf(matches),
        LinkerdFilters.of(rule.at("filters"), policy),
        List.copyOf(backends));
  }

  private static Backend backendOf(Native backend, String namespace) {
    Optional<LinkerdFilters> filters;
    try {
      filters = Optional.of(LinkerdFilters.of(backend.at("filters"), false));
    } catch (IllegalArgumentException unsupported) {
      filters = Optional.empty();
    }
    boolean isService =
        backend.at("kind").textOr("Service").equals("Service")
            && (backend.at("group").text().isEmpty() || backend.at("group").text().equals("core"));
    return new Backend(
        backend.at("namespace").textOr(namespace),
        isService ? backend.at("name").text() : "",
        backend.at("port").number(0),
        backend.at("weight").number(1),
        filters);
  }

  /** The API server takes no more. */
  private static void requireAtMost(int most, Native list) {
    if (list.list().size() > most) {
      throw new IllegalArgumentException(list.path() + " holds more than " + most);
    }
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = Comparator.<Integer>naturalOrder().compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
