package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What routes of Linkerd can say beyond what all meshes can. */
final class LinkerdExtras extends Extras {
  LinkerdExtras(RandomGenerator random) {
    super(random);
  }

  @Override
  void addTo(Sketch.Rule rule, Map<String, Object> content) {
    if (seldom() && content.containsKey("matches")) {
      var matches = new ArrayList<>(maps(content.get("matches")));
      matches.add(
          oneOf(
              map("path", map("type", "PathPrefix", "value", "/shop/")),
              map("path", map("type", "RegularExpression", "value", "/[a-c](/.*)?")),
              map("method", "PUT"),
              map("headers", List.of(map("name", "X-User", "value", "beta")))));
      content.put("matches", matches);
    }
    for (Map<String, Object> backend : maps(content.get("backendRefs"))) {
      addToBackend(backend);
    }
    if (rule.redirect().isPresent()) {
      return;
    }
    if (seldom()) {
      content.remove("backendRefs");
    }
    if (seldom()) {
      content.put(
          "timeouts", oneOf(map("request", "0s"), map("request", "9s", "backendRequest", "2s")));
    }
    if (verySeldom()) {
      var filters = new ArrayList<>(maps(content.get("filters")));
      filters.add(
          oneOf(
              map("type", "URLRewrite", "urlRewrite", map("hostname", "inner.example.org")),
              map(
                  "type",
                  "RequestMirror",
                  "requestMirror",
                  map("backendRef", map("name", "web-v3", "port", 80)))));
      content.put("filters", filters);
    }
  }

  @Override
  void addTo(Sketch sketch, List<Map<String, Object>> documents) {
    var route = documents.getLast();
    annotate(route);
    annotate(documents.getFirst());
    if (seldom()) {
      mapIn(route, "spec").put("hostnames", List.of(oneOf("web.shop", "*.example.org")));
    }
    if (seldom()) {
      documents.add(another(sketch, "also", "shop"));
    }
    if (seldom()) {
      documents.add(another(sketch, "mine", "test"));
    }
    if (verySeldom()) {
      route.put("apiVersion", "policy.linkerd.io/v1beta3");
    }
  }

  /** A second route; in another namespace it is for the clients there. */
  private Map<String, Object> another(Sketch sketch, String name, String namespace) {
    var route =
        IstioRendering.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            name,
            Map.of(
                "parentRefs",
                List.of(Map.of("group", "", "kind", "Service", "name", "web", "namespace", "shop")),
                "rules",
                List.of(
                    map(
                        "matches",
                        List.of(
                            map("path", map("value", oneOf("/a", "/shop", "/b/c"))),
                            map("headers", List.of(map("name", "x-env", "value", "beta")))),
                        "backendRefs",
                        List.of(
                            map("name", "web-v2", "namespace", "shop", "port", sketch.port()))))));
    mapIn(route, "metadata").put("namespace", namespace);
    return route;
  }

  private void addToBackend(Map<String, Object> backend) {
    if (backend.containsKey("weight") && seldom()) {
      backend.put("weight", oneOf(0, 1, 2, 7));
    }
    if (backend.containsKey("weight") && seldom()) {
      backend.put(
          "filters",
          List.of(
              map(
                  "type",
                  "RequestHeaderModifier",
                  "requestHeaderModifier",
                  map("set", List.of(map("name", "x-own", "value", "1"))))));
    }
    if (verySeldom()) {
      backend.put("name", "nobody");
    }
  }

  private void annotate(Map<String, Object> object) {
    var annotations = new LinkedHashMap<String, Object>();
    if (seldom()) {
      annotations.put("timeout.linkerd.io/request", "4s");
    }
    if (seldom()) {
      annotations.put("timeout.linkerd.io/idle", "8s");
    }
    if (!often()) {
      annotations.put("retry.linkerd.io/http", oneOf("5xx", "gateway-error", "503", "500-504,429"));
      if (often()) {
        annotations.put("retry.linkerd.io/limit", oneOf("1", "4"));
      }
    }
    if (seldom()) {
      annotations.put("retry.linkerd.io/timeout", "500ms");
    }
    if (!annotations.isEmpty()) {
      mapIn(object, "metadata").put("annotations", annotations);
    }
  }
}
