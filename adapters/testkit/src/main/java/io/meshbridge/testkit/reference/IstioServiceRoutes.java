package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.IstioRules.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Routes of the Gateway API whose parents are Services, as istiod makes rules of VirtualServices of
 * them: one for each match, in the order of the Gateway API's precedence ({@code
 * pilot/pkg/config/kube/gateway/conversion.go}).
 */
final class IstioServiceRoutes {
  private static final String GROUP = "gateway.networking.k8s.io";
  private static final Comparator<Rule> PRECEDENCE =
      Comparator.comparing((Rule rule) -> rule.content().at("match").isEmpty())
          .thenComparing(rule -> -rank(match(rule).at("uri")))
          .thenComparing(rule -> -length(match(rule).at("uri")))
          .thenComparing(rule -> !match(rule).at("method").exists())
          .thenComparing(rule -> -match(rule).at("headers").entries().size())
          .thenComparing(rule -> -match(rule).at("queryParams").entries().size());

  private final List<Native> routes;

  IstioServiceRoutes(List<Native> documents) {
    this.routes =
        documents.stream()
            .filter(
                document ->
                    Kube.isOf(document, GROUP, "HTTPRoute")
                        || Kube.isOf(document, GROUP, "GRPCRoute"))
            .sorted(Kube::byAge)
            .toList();
  }

  /**
   * The rules for a Service, the best first; of equals that of the older route. Routes in the
   * client's own namespace take the place of those in the Service's.
   */
  List<Rule> rulesFor(String host, String clientNamespace) {
    var own = rulesIn(clientNamespace, host);
    var rules = own.isEmpty() ? rulesIn("", host) : own;
    rules.sort(PRECEDENCE);
    return rules;
  }

  /** Those of routes in a namespace; of those beside the Service if that is empty. */
  private List<Rule> rulesIn(String namespace, String host) {
    var rules = new ArrayList<Rule>();
    for (Native route : routes) {
      for (Native parent : route.at("spec", "parentRefs").list()) {
        var home = parent.at("namespace").textOr(Kube.namespace(route));
        var wanted = namespace.isEmpty() ? home : namespace;
        if (parent.at("kind").text().equals("Service")
            && Kube.namespace(route).equals(wanted)
            && IstioRegistry.fullName(parent.at("name").text(), home).equals(host)) {
          route
              .at("spec", "rules")
              .list()
              .forEach(rule -> rules.addAll(rulesOf(route, parent, rule)));
        }
      }
    }
    return rules;
  }

  private static List<Rule> rulesOf(Native route, Native parent, Native rule) {
    boolean grpc = route.at("kind").text().equals("GRPCRoute");
    var kind = route.at("kind").text();
    var causes =
        List.of(
            new Cause(kind, Kube.name(route), rule.path()),
            new Cause(kind, Kube.name(route), "spec.parentRefs"));
    var matches = rule.at("matches").list();
    var namespace = Kube.namespace(route);
    return (matches.isEmpty() ? Stream.of(new Native("", null)) : matches.stream())
        .map(
            match -> {
              var content = IstioRouteActions.of(rule, namespace);
              var converted = matchOf(match, grpc);
              if (parent.at("port").exists()) {
                converted.put("port", parent.at("port").number(0));
              }
              if (!converted.isEmpty()) {
                content.put("match", List.of(converted));
              }
              return Rule.of(new Native(rule.path(), content), namespace, causes);
            })
        .toList();
  }

  private static Map<String, Object> matchOf(Native match, boolean grpc) {
    var converted = new LinkedHashMap<String, Object>();
    if (grpc && match.at("method").exists()) {
      converted.put("uri", callOf(match.at("method")));
    } else if (!grpc) {
      converted.put("uri", pathOf(match.at("path")));
    }
    if (!grpc && match.at("method").exists()) {
      converted.put("method", Map.of("exact", match.at("method").text()));
    }
    putTexts(converted, "headers", match.at("headers"));
    putTexts(converted, "queryParams", match.at("queryParams"));
    return converted;
  }

  /** The API server fills in the prefix of all paths where there is none. */
  private static Map<String, Object> pathOf(Native path) {
    var value = path.at("value").textOr("/");
    return switch (path.at("type").text()) {
      case "Exact" -> Map.of("exact", value);
      case "RegularExpression" -> Map.of("regex", value);
      default -> segments(value);
    };
  }

  /** Envoy's prefix of whole segments, which VirtualServices have no word for. */
  private static Map<String, Object> segments(String value) {
    return value.equals("/")
        ? Map.of("prefix", "/")
        : Map.of("segments", value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
  }

  private static Map<String, Object> callOf(Native method) {
    var service = method.at("service").text();
    var name = method.at("method").text();
    boolean regex = method.at("type").text().equals("RegularExpression");
    if (service.isEmpty()) {
      return Map.of("regex", "/[^/]+/" + name);
    }
    if (name.isEmpty()) {
      return regex ? Map.of("regex", "/" + service + "/.+") : segments("/" + service + "/");
    }
    return Map.of(regex ? "regex" : "exact", "/" + service + "/" + name);
  }

  private static void putTexts(Map<String, Object> converted, String field, Native list) {
    var texts = new LinkedHashMap<String, Object>();
    for (Native text : list.list()) {
      boolean regex = text.at("type").text().equals("RegularExpression");
      texts.putIfAbsent(
          text.at("name").text(), Map.of(regex ? "regex" : "exact", text.at("value").text()));
    }
    if (!texts.isEmpty()) {
      converted.put(field, texts);
    }
  }

  private static Native match(Rule rule) {
    var matches = rule.content().at("match").list();
    return matches.isEmpty() ? new Native("", null) : matches.getFirst();
  }

  private static int rank(Native uri) {
    if (uri.at("exact").exists()) {
      return 3;
    }
    if (uri.at("prefix").exists() || uri.at("segments").exists()) {
      return 2;
    }
    return uri.at("regex").exists() ? 1 : -1;
  }

  private static int length(Native uri) {
    return Stream.of("exact", "prefix", "segments", "regex")
        .mapToInt(kind -> uri.at(kind).text().length())
        .max()
        .orElse(0);
  }
}
