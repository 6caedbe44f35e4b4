package io.meshbridge.translation;

import io.meshbridge.translation.Sketch.Edits;
import io.meshbridge.translation.Sketch.Rule;
import io.meshbridge.translation.Sketch.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A sketch as objects of Consul: instances, a resolver with a subset for each version, a router,
 * and a service of its own for each rule that splits. There are no redirects.
 */
final class ConsulRendering {
  private ConsulRendering() {}

  /**
   * The documents.
   *
   * @param subsets whether versions are parts of the service, even if no rule needs them
   * @param more may add to each route
   */
  static List<Map<String, Object>> of(
      Sketch sketch, boolean subsets, BiConsumer<Rule, Map<String, Object>> more) {
    var documents = new ArrayList<Map<String, Object>>();
    var protocol = sketch.grpc() ? "grpc" : "http";
    for (int version = 1; version <= Sketch.VERSIONS; version++) {
      documents.add(instance("web", version));
      if (sketch.apart()) {
        documents.add(instance("web-v" + version, version));
        documents.add(entry("service-defaults", "web-v" + version, Map.of("Protocol", protocol)));
      }
    }
    documents.add(entry("service-defaults", "web", Map.of("Protocol", protocol)));
    if (subsets || sketch.needsSubsets()) {
      documents.add(entry("service-resolver", "web", Map.of("Subsets", subsets())));
    }
    var routes = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < sketch.rules().size(); i++) {
      addRoutes(sketch, sketch.rules().get(i), i + 1, routes, documents, more);
    }
    documents.add(entry("service-router", "web", Map.of("Routes", routes)));
    return documents;
  }

  private static Map<String, Object> instance(String service, int version) {
    return Map.of(
        "Node",
        "node-" + version,
        "Address",
        "10.9.0." + version,
        "Service",
        Map.of(
            "ID",
            service + "-" + version,
            "Service",
            service,
            "Address",
            Sketch.addressOf(version),
            "Port",
            8080,
            "Meta",
            Map.of("version", "v" + version)),
        "Checks",
        List.of(Map.of("Status", "passing")));
  }

  private static Map<String, Object> subsets() {
    var subsets = new LinkedHashMap<String, Object>();
    for (int version = 1; version <= Sketch.VERSIONS; version++) {
      subsets.put("v" + version, Map.of("Filter", "Service.Meta.version == \"v" + version + "\""));
    }
    return subsets;
  }

  private static void addRoutes(
      Sketch sketch,
      Rule rule,
      int number,
      List<Map<String, Object>> routes,
      List<Map<String, Object>> documents,
      BiConsumer<Rule, Map<String, Object>> more) {
    if (rule.redirect().isPresent()) {
      return;
    }
    for (Map<String, Object> match : matches(rule)) {
      var route = new LinkedHashMap<String, Object>();
      if (!match.isEmpty()) {
        route.put("Match", new LinkedHashMap<>(Map.of("HTTP", match)));
      }
      route.put("Destination", destination(rule, number));
      more.accept(rule, route);
      routes.add(route);
    }
    if (!rule.weights().isEmpty()) {
      var name = "web-r" + number;
      var protocol = sketch.grpc() ? "grpc" : "http";
      documents.add(entry("service-defaults", name, Map.of("Protocol", protocol)));
      documents.add(entry("service-splitter", name, Map.of("Splits", splits(sketch, rule))));
    }
  }

  /** A prefix of segments is a path, and in another route everything below it. */
  private static List<Map<String, Object>> matches(Rule rule) {
    var rest = new LinkedHashMap<String, Object>();
    if (!rule.method().isEmpty()) {
      rest.put("Methods", List.of(rule.method()));
    }
    putTexts(rest, "Header", rule.headers());
    putTexts(rest, "QueryParam", rule.query());
    if (rule.path().isEmpty()) {
      return List.of(rest);
    }
    var path = rule.path().get();
    return switch (path.kind()) {
      case EXACT -> List.of(with(rest, "PathExact", path.value()));
      case LETTERS -> List.of(with(rest, "PathPrefix", path.value()));
      case REGEX -> List.of(with(rest, "PathRegex", path.value()));
      case SEGMENTS ->
          List.of(
              with(rest, "PathExact", path.value()), with(rest, "PathPrefix", path.value() + "/"));
    };
  }

  private static Map<String, Object> with(Map<String, Object> rest, String field, String value) {
    var match = new LinkedHashMap<String, Object>();
    match.put(field, value);
    match.putAll(rest);
    return match;
  }

  private static Map<String, Object> destination(Rule rule, int number) {
    var destination = new LinkedHashMap<String, Object>();
    if (!rule.weights().isEmpty()) {
      destination.put("Service", "web-r" + number);
    }
    rule.timeout()
        .ifPresent(timeout -> destination.put("RequestTimeout", timeout.toMillis() + "ms"));
    putEdits(destination, "RequestHeaders", rule.request());
    putEdits(destination, "ResponseHeaders", rule.response());
    return destination;
  }

  private static List<Map<String, Object>> splits(Sketch sketch, Rule rule) {
    var splits = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < rule.weights().size(); i++) {
      var split = new LinkedHashMap<String, Object>();
      split.put("Weight", rule.weights().get(i));
      split.put("Service", sketch.apart() ? "web-v" + (i + 1) : "web");
      if (!sketch.apart()) {
        split.put("ServiceSubset", "v" + (i + 1));
      }
      splits.add(split);
    }
    return splits;
  }

  private static void putEdits(Map<String, Object> destination, String field, Edits edits) {
    var content = new LinkedHashMap<String, Object>();
    if (!edits.set().isEmpty()) {
      content.put("Set", edits.set());
    }
    if (!edits.add().isEmpty()) {
      content.put("Add", edits.add());
    }
    if (!edits.remove().isEmpty()) {
      content.put("Remove", edits.remove());
    }
    if (!content.isEmpty()) {
      destination.put(field, content);
    }
  }

  private static void putTexts(
      Map<String, Object> match, String field, Map<String, Text> conditions) {
    var list = new ArrayList<Map<String, Object>>();
    conditions.forEach(
        (name, text) ->
            list.add(Map.of("Name", name, text.regex() ? "Regex" : "Exact", text.value())));
    if (!list.isEmpty()) {
      match.put(field, list);
    }
  }

  static Map<String, Object> entry(String kind, String name, Map<String, Object> content) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("Kind", kind);
    entry.put("Name", name);
    entry.putAll(content);
    return entry;
  }
}
