package io.meshbridge.translation;

import io.meshbridge.translation.Sketch.Edits;
import io.meshbridge.translation.Sketch.Redirect;
import io.meshbridge.translation.Sketch.Rule;
import io.meshbridge.translation.Sketch.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A sketch as objects of Linkerd: an HTTPRoute, and one Service for each version. */
final class LinkerdRendering {
  private LinkerdRendering() {}

  /**
   * The documents.
   *
   * @param more may add to each rule
   */
  static List<Map<String, Object>> of(Sketch sketch, BiConsumer<Rule, Map<String, Object>> more) {
    var rules = new ArrayList<Map<String, Object>>();
    for (Rule rule : sketch.rules()) {
      var content = rule(sketch, rule);
      more.accept(rule, content);
      rules.add(content);
    }
    var documents = new ArrayList<Map<String, Object>>();
    addService(sketch, "web", 1, Sketch.VERSIONS, documents);
    for (int version = 1; version <= Sketch.VERSIONS; version++) {
      addService(sketch, "web-v" + version, version, version, documents);
    }
    documents.add(
        IstioRendering.object(
            "gateway.networking.k8s.io/v1",
            sketch.grpc() ? "GRPCRoute" : "HTTPRoute",
            "web",
            Map.of(
                "parentRefs",
                List.of(
                    Map.of("group", "", "kind", "Service", "name", "web", "port", sketch.port())),
                "rules",
                rules)));
    return documents;
  }

  private static void addService(
      Sketch sketch, String name, int from, int to, List<Map<String, Object>> documents) {
    var port =
        Map.of(
            "name",
            "main",
            "port",
            sketch.port(),
            "appProtocol",
            sketch.grpc() ? "kubernetes.io/h2c" : "http");
    documents.add(IstioRendering.object("v1", "Service", name, Map.of("ports", List.of(port))));
    var endpoints = new ArrayList<Map<String, Object>>();
    for (int version = from; version <= to; version++) {
      endpoints.add(
          Map.of(
              "addresses",
              List.of(Sketch.addressOf(version)),
              "conditions",
              Map.of("ready", true)));
    }
    var slice = new LinkedHashMap<String, Object>();
    slice.put("apiVersion", "discovery.k8s.io/v1");
    slice.put("kind", "EndpointSlice");
    slice.put(
        "metadata",
        Map.of(
            "name",
            name + "-1",
            "namespace",
            "shop",
            "labels",
            Map.of("kubernetes.io/service-name", name)));
    slice.put("addressType", "IPv4");
    slice.put("ports", List.of(Map.of("name", "main", "port", 8080)));
    slice.put("endpoints", endpoints);
    documents.add(slice);
  }

  private static Map<String, Object> rule(Sketch sketch, Rule rule) {
    var content = new LinkedHashMap<String, Object>();
    if (!rule.takesAll()) {
      content.put("matches", List.of(sketch.grpc() ? call(rule) : match(rule)));
    }
    var filters = new ArrayList<Map<String, Object>>();
    addEdits(filters, "RequestHeaderModifier", "requestHeaderModifier", rule.request());
    addEdits(filters, "ResponseHeaderModifier", "responseHeaderModifier", rule.response());
    rule.redirect()
        .ifPresent(
            redirect ->
                filters.add(
                    Map.of("type", "RequestRedirect", "requestRedirect", redirect(redirect))));
    if (!filters.isEmpty()) {
      content.put("filters", filters);
    }
    if (rule.redirect().isEmpty()) {
      content.put("backendRefs", backends(sketch, rule));
    }
    rule.timeout()
        .ifPresent(
            timeout -> content.put("timeouts", Map.of("request", timeout.toMillis() + "ms")));
    return content;
  }

  private static Map<String, Object> match(Rule rule) {
    var match = new LinkedHashMap<String, Object>();
    rule.path()
        .ifPresent(
            path ->
                match.put(
                    "path",
                    switch (path.kind()) {
                      case EXACT -> Map.of("type", "Exact", "value", path.value());
                      case SEGMENTS -> Map.of("type", "PathPrefix", "value", path.value());
                      case LETTERS ->
                          Map.of(
                              "type",
                              "RegularExpression",
                              "value",
                              path.value().replace(".", "\\.") + ".*");
                      case REGEX -> Map.of("type", "RegularExpression", "value", path.value());
                    }));
    if (!rule.method().isEmpty()) {
      match.put("method", rule.method());
    }
    putTexts(match, "headers", rule.headers());
    putTexts(match, "queryParams", rule.query());
    return match;
  }

  /** A path names a service and a method, or a service alone. */
  private static Map<String, Object> call(Rule rule) {
    var match = new LinkedHashMap<String, Object>();
    rule.path()
        .ifPresent(
            path -> {
              var parts = path.value().split("/", -1);
              match.put(
                  "method",
                  parts[2].isEmpty()
                      ? Map.of("service", parts[1])
                      : Map.of("service", parts[1], "method", parts[2]));
            });
    putTexts(match, "headers", rule.headers());
    return match;
  }

  private static List<Map<String, Object>> backends(Sketch sketch, Rule rule) {
    if (rule.weights().isEmpty()) {
      return List.of(new LinkedHashMap<>(Map.of("name", "web", "port", sketch.port())));
    }
    var backends = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < rule.weights().size(); i++) {
      backends.add(
          new LinkedHashMap<>(
              Map.of(
                  "name",
                  "web-v" + (i + 1),
                  "port",
                  sketch.port(),
                  "weight",
                  rule.weights().get(i))));
    }
    return backends;
  }

  private static Map<String, Object> redirect(Redirect redirect) {
    var content = new LinkedHashMap<String, Object>();
    if (!redirect.scheme().isEmpty()) {
      content.put("scheme", redirect.scheme());
    }
    if (!redirect.host().isEmpty()) {
      content.put("hostname", redirect.host());
    }
    if (redirect.port() != 0) {
      content.put("port", redirect.port());
    }
    content.put("statusCode", redirect.status());
    return content;
  }

  private static void addEdits(
      List<Map<String, Object>> filters, String type, String field, Edits edits) {
    if (edits.isEmpty()) {
      return;
    }
    var modifier = new LinkedHashMap<String, Object>();
    putPairs(modifier, "set", edits.set());
    putPairs(modifier, "add", edits.add());
    if (!edits.remove().isEmpty()) {
      modifier.put("remove", edits.remove());
    }
    filters.add(Map.of("type", type, field, modifier));
  }

  private static void putPairs(
      Map<String, Object> modifier, String field, Map<String, String> values) {
    var pairs = new ArrayList<Map<String, Object>>();
    values.forEach((name, value) -> pairs.add(Map.of("name", name, "value", value)));
    if (!pairs.isEmpty()) {
      modifier.put(field, pairs);
    }
  }

  private static void putTexts(
      Map<String, Object> match, String field, Map<String, Text> conditions) {
    var list = new ArrayList<Map<String, Object>>();
    conditions.forEach(
        (name, text) ->
            list.add(
                Map.of(
                    "name",
                    name,
                    "type",
                    text.regex() ? "RegularExpression" : "Exact",
                    "value",
                    text.value())));
    if (!list.isEmpty()) {
      match.put(field, list);
    }
  }
}
