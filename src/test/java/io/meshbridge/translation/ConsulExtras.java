package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What routers, splitters and resolvers of Consul can say beyond what all meshes can. */
final class ConsulExtras extends Extras {
  ConsulExtras(RandomGenerator random) {
    super(random);
  }

  @Override
  void addTo(Sketch.Rule rule, Map<String, Object> route) {
    if (route.containsKey("Match")) {
      addToMatch(mapIn(mapIn(route, "Match"), "HTTP"));
    }
    var destination = mapIn(route, "Destination");
    if (rule.weights().isEmpty() && seldom()) {
      destination.put("ServiceSubset", oneOf("v1", "v2"));
    }
    // Consul wants to know which prefix.
    boolean replaceable =
        rule.path().filter(path -> path.kind() != Sketch.Path.Kind.REGEX).isPresent();
    if (replaceable && seldom()) {
      destination.put("PrefixRewrite", oneOf("/new", "/new/"));
    }
    if (seldom()) {
      destination.put("RequestTimeout", oneOf("-1s", "0s", "20s"));
    }
    if (seldom()) {
      destination.put("IdleTimeout", "6s");
    }
    if (seldom()) {
      destination.put("NumRetries", oneOf(1, 3));
    }
    if (seldom()) {
      destination.put(
          "RetryOn",
          oneOf(
              List.of("5xx"),
              List.of("gateway-error", "unavailable"),
              List.of("reset", "connect-failure")));
    }
    if (seldom()) {
      destination.put("RetryOnStatusCodes", oneOf(List.of(503), List.of(429, 500)));
    }
    if (seldom()) {
      destination.put("RetryOnConnectFailure", true);
    }
  }

  @Override
  void addTo(Sketch sketch, List<Map<String, Object>> documents) {
    for (Map<String, Object> document : documents) {
      if ("service-resolver".equals(document.get("Kind")) && seldom()) {
        document.put("DefaultSubset", oneOf("v1", "v3"));
      }
      if ("service-splitter".equals(document.get("Kind"))) {
        addToSplitter(document);
      }
    }
    if (seldom()) {
      documents.add(
          ConsulRendering.entry(
              "service-splitter",
              "web",
              map(
                  "Splits",
                  List.of(
                      map("Weight", 75, "ServiceSubset", "v1"),
                      map("Weight", 25, "ServiceSubset", "v2")))));
    }
  }

  private void addToSplitter(Map<String, Object> splitter) {
    var splits = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> split : maps(splitter.get("Splits"))) {
      splits.add(new LinkedHashMap<>(split));
    }
    if (seldom()) {
      splits.get(0).put("Weight", 33.33);
      splits.get(1).put("Weight", 33.33);
      splits.get(2).put("Weight", 33.34);
    }
    if (seldom()) {
      splits
          .getFirst()
          .put("RequestHeaders", map("Set", map("x-own", "1"), "Remove", List.of("x-to-gone")));
    }
    splitter.put("Splits", splits);
  }

  private void addToMatch(Map<String, Object> http) {
    if (seldom()) {
      http.put("CaseInsensitive", true);
    }
    if (seldom()) {
      http.put("Methods", List.of("GET", "PUT"));
    }
    if (sometimes()) {
      var headers = new ArrayList<>(maps(http.get("Header")));
      headers.removeIf(header -> "x-user".equals(header.get("Name")));
      headers.add(
          oneOf(
              map("Name", "x-user", "Present", true),
              map("Name", "x-user", "Present", true, "Invert", true),
              map("Name", "x-user", "Prefix", "v"),
              map("Name", "x-user", "Suffix", "a"),
              map("Name", "x-user", "Exact", "beta", "Invert", true),
              map("Name", "x-user", "Regex", "v[0-9]+", "Invert", true)));
      http.put("Header", headers);
    }
    if (seldom()) {
      http.put("QueryParam", List.of(map("Name", "q", "Present", true)));
    }
  }
}
