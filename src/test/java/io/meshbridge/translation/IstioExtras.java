package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a VirtualService can say beyond what all meshes can. */
final class IstioExtras extends Extras {
  private static final Map<String, Object> HOST = Map.of("host", IstioRendering.HOST);

  IstioExtras(RandomGenerator random) {
    super(random);
  }

  @Override
  void addTo(Sketch.Rule rule, Map<String, Object> content) {
    for (Map<String, Object> match : maps(content.get("match"))) {
      addToMatch(match);
    }
    if (rule.redirect().isPresent()) {
      addToRedirect(mapIn(content, "redirect"));
    } else if (seldom()) {
      content.remove("route");
      content.remove("timeout");
      content.put(
          "directResponse",
          map("status", oneOf(200, 404, 503), "body", map("string", oneOf("", "closed"))));
    } else {
      addToRoute(content);
    }
    if (seldom()) {
      content.put("name", oneOf("one", "two"));
    }
    if (seldom()) {
      content.put("corsPolicy", cors());
    }
  }

  @Override
  void addTo(Sketch sketch, List<Map<String, Object>> documents) {
    if (seldom()) {
      restrict(maps(mapIn(documents.getLast(), "spec").get("http")));
    }
    if (seldom()) {
      var spec = mapIn(documents.getLast(), "spec");
      var rules = new ArrayList<>(maps(spec.get("http")));
      rules.addFirst(
          map("match", List.of(map("uri", map("prefix", "/shop"))), "delegate", map("name", "b")));
      spec.put("http", rules);
      documents.add(
          IstioRendering.object(
              "networking.istio.io/v1",
              "VirtualService",
              "b",
              Map.of(
                  "http",
                  List.of(
                      map(
                          "match",
                          List.of(map("uri", map("prefix", "/shop/items"))),
                          "route",
                          List.of(map("destination", HOST)),
                          "timeout",
                          "7s")))));
    }
  }

  /** All rules are for the clients of one namespace; to others it is as if there were none. */
  private void restrict(List<Map<String, Object>> rules) {
    for (Map<String, Object> rule : rules) {
      rule.putIfAbsent("match", List.of(map()));
      maps(rule.get("match")).forEach(match -> match.put("sourceNamespace", "test"));
    }
  }

  private void addToMatch(Map<String, Object> match) {
    if (seldom()) {
      var name = oneOf("x-user", "x-env");
      var without = map(name, condition());
      match.put("withoutHeaders", without);
      mapIn(match, "headers").remove(name);
    }
    if (seldom()) {
      var headers = new LinkedHashMap<>(mapIn(match, "headers"));
      headers.put("cookie", condition());
      match.put("headers", headers);
    }
    if (seldom()) {
      var parameters = new LinkedHashMap<>(mapIn(match, "queryParams"));
      parameters.put("page", oneOf(map("prefix", "v"), map("regex", "*")));
      match.put("queryParams", parameters);
    }
    if (seldom()) {
      match.put("ignoreUriCase", true);
    }
    if (seldom()) {
      match.put("method", oneOf(map("prefix", "P"), map("regex", "GET|PUT")));
    }
    if (seldom()) {
      match.put("sourceNamespace", "test");
    }
    if (seldom()) {
      match.put("sourceLabels", map("app", "job"));
    }
    if (seldom()) {
      match.put("port", oneOf(80, 8080));
    }
    if (seldom()) {
      match.put("scheme", map("exact", oneOf("http", "https")));
    }
    if (seldom()) {
      match.put("authority", map("exact", oneOf(IstioRendering.HOST, "other.example.org")));
    }
    if (mapIn(match, "headers").isEmpty()) {
      match.remove("headers");
    }
  }

  private Map<String, Object> condition() {
    return oneOf(
        map(),
        map("exact", "beta"),
        map("prefix", "v"),
        map("regex", "v[0-9]+"),
        map("regex", "*"));
  }

  private void addToRedirect(Map<String, Object> redirect) {
    if (seldom()) {
      redirect.put("uri", "/moved");
    } else if (seldom()) {
      redirect.remove("port");
      redirect.put("derivePort", oneOf("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"));
    }
  }

  private void addToRoute(Map<String, Object> content) {
    if (sometimes()) {
      content.put("retries", retries());
    }
    if (seldom()) {
      content.put(
          "rewrite",
          oneOf(
              map("uri", "/new"),
              map("authority", "inner.example.org"),
              map("uri", "/new/", "authority", "inner.example.org"),
              map("uriRegexRewrite", map("match", "/([a-z])", "rewrite", "/x\\1"))));
    }
    if (seldom()) {
      content.put("mirror", map("host", IstioRendering.HOST, "subset", "v3"));
      if (often()) {
        content.put("mirrorPercentage", map("value", oneOf(0, 10, 100, 0.5)));
      }
    }
    if (seldom()) {
      content.put("timeout", "0s");
    }
    if (seldom()) {
      content.put("fault", fault());
    }
    for (Map<String, Object> destination : maps(content.get("route"))) {
      if (destination.containsKey("weight") && seldom()) {
        destination.put("weight", oneOf(1, 2, 7));
      }
      if (destination.containsKey("weight") && seldom()) {
        destination.put(
            "headers",
            map("request", map("set", map("x-own", "1"), "remove", List.of("x-to-gone"))));
      }
      if (destination.containsKey("weight") && verySeldom()) {
        destination.put("destination", map("host", IstioRendering.HOST, "subset", "nobody"));
      }
    }
  }

  private Map<String, Object> retries() {
    if (seldom()) {
      return map("attempts", 0);
    }
    var retries = map("attempts", oneOf(1, 3));
    if (often()) {
      retries.put(
          "retryOn",
          oneOf(
              "5xx",
              "gateway-error,connect-failure",
              "503",
              "429,unavailable",
              "reset,retriable-4xx",
              "cancelled,internal"));
    }
    if (seldom()) {
      retries.put("perTryTimeout", "2s");
    }
    return retries;
  }

  private Map<String, Object> fault() {
    var percent = map("value", oneOf(100, 100, 25, 0.1));
    return oneOf(
        map("delay", map("fixedDelay", "3s", "percentage", percent)),
        map("abort", map("httpStatus", oneOf(400, 503), "percentage", percent)),
        map("abort", map("grpcStatus", "UNAVAILABLE", "percentage", percent)));
  }

  private Map<String, Object> cors() {
    return map(
        "allowOrigins",
        List.of(map("exact", "https://example.org")),
        "allowMethods",
        List.of("GET", "PUT"),
        "maxAge",
        "24h");
  }
}
