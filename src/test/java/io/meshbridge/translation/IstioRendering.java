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

/** A sketch as objects of Istio: ServiceEntries, a DestinationRule and a VirtualService. */
final class IstioRendering {
  static final String HOST = "web.example.org";

  private IstioRendering() {}

  /**
   * The documents.
   *
   * @param subsets whether versions are parts of the service, even if no rule needs them
   * @param more may add to each rule
   */
  static List<Map<String, Object>> of(
      Sketch sketch, boolean subsets, BiConsumer<Rule, Map<String, Object>> more) {
    var http = new ArrayList<Map<String, Object>>();
    for (Rule rule : sketch.rules()) {
      var route = route(sketch, rule);
      more.accept(rule, route);
      http.add(route);
    }
    var documents = new ArrayList<Map<String, Object>>();
    documents.add(entry(sketch, "web", HOST, 1, Sketch.VERSIONS));
    for (int version = 1; sketch.apart() && version <= Sketch.VERSIONS; version++) {
      documents.add(entry(sketch, "web-v" + version, hostOf(version), version, version));
    }
    if (subsets || sketch.needsSubsets()) {
      documents.add(object("DestinationRule", Map.of("host", HOST, "subsets", subsets())));
    }
    documents.add(object("VirtualService", Map.of("hosts", List.of(HOST), "http", http)));
    return documents;
  }

  private static String hostOf(int version) {
    return "web-v" + version + ".example.org";
  }

  private static Map<String, Object> entry(
      Sketch sketch, String name, String host, int from, int to) {
    var endpoints = new ArrayList<Map<String, Object>>();
    for (int version = from; version <= to; version++) {
      endpoints.add(
          Map.of(
              "address",
              Sketch.addressOf(version),
              "ports",
              Map.of("main", 8080),
              "labels",
              Map.of("version", "v" + version)));
    }
    var port =
        Map.of(
            "number", sketch.port(), "name", "main", "protocol", sketch.grpc() ? "GRPC" : "HTTP");
    return object(
        "networking.istio.io/v1",
        "ServiceEntry",
        name,
        Map.of(
            "hosts",
            List.of(host),
            "location",
            "MESH_EXTERNAL",
            "resolution",
            "STATIC",
            "ports",
            List.of(port),
            "endpoints",
            endpoints));
  }

  private static List<Map<String, Object>> subsets() {
    var subsets = new ArrayList<Map<String, Object>>();
    for (int version = 1; version <= Sketch.VERSIONS; version++) {
      subsets.add(Map.of("name", "v" + version, "labels", Map.of("version", "v" + version)));
    }
    return subsets;
  }

  private static Map<String, Object> route(Sketch sketch, Rule rule) {
    var route = new LinkedHashMap<String, Object>();
    if (!rule.takesAll()) {
      route.put("match", matches(rule));
    }
    rule.redirect()
        .ifPresentOrElse(
            redirect -> route.put("redirect", redirect(redirect)),
            () -> route.put("route", destinations(sketch, rule)));
    var headers = new LinkedHashMap<String, Object>();
    putEdits(headers, "request", rule.request());
    putEdits(headers, "response", rule.response());
    if (!headers.isEmpty()) {
      route.put("headers", headers);
    }
    rule.timeout().ifPresent(timeout -> route.put("timeout", timeout.toMillis() + "ms"));
    return route;
  }

  /** A prefix of segments is a path and everything below it. */
  private static List<Map<String, Object>> matches(Rule rule) {
    var rest = new LinkedHashMap<String, Object>();
    if (!rule.method().isEmpty()) {
      rest.put("method", Map.of("exact", rule.method()));
    }
    putTexts(rest, "headers", rule.headers());
    putTexts(rest, "queryParams", rule.query());
    if (rule.path().isEmpty()) {
      return List.of(rest);
    }
    var path = rule.path().get();
    return switch (path.kind()) {
      case EXACT -> List.of(withUri(rest, "exact", path.value()));
      case LETTERS -> List.of(withUri(rest, "prefix", path.value()));
      case REGEX -> List.of(withUri(rest, "regex", path.value()));
      case SEGMENTS ->
          List.of(
              withUri(rest, "exact", path.value()), withUri(rest, "prefix", path.value() + "/"));
    };
  }

  private static Map<String, Object> withUri(Map<String, Object> rest, String kind, String value) {
    var match = new LinkedHashMap<String, Object>();
    match.put("uri", Map.of(kind, value));
    match.putAll(rest);
    return match;
  }

  private static List<Map<String, Object>> destinations(Sketch sketch, Rule rule) {
    if (rule.weights().isEmpty()) {
      return List.of(Map.of("destination", Map.of("host", HOST)));
    }
    var destinations = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < rule.weights().size(); i++) {
      var destination =
          sketch.apart()
              ? Map.of("host", hostOf(i + 1))
              : Map.of("host", HOST, "subset", "v" + (i + 1));
      destinations.add(
          new LinkedHashMap<>(Map.of("destination", destination, "weight", rule.weights().get(i))));
    }
    return destinations;
  }

  private static Map<String, Object> redirect(Redirect redirect) {
    var content = new LinkedHashMap<String, Object>();
    if (!redirect.scheme().isEmpty()) {
      content.put("scheme", redirect.scheme());
    }
    if (!redirect.host().isEmpty()) {
      content.put("authority", redirect.host());
    }
    if (redirect.port() != 0) {
      content.put("port", redirect.port());
    }
    content.put("redirectCode", redirect.status());
    return content;
  }

  private static void putEdits(Map<String, Object> headers, String message, Edits edits) {
    if (edits.isEmpty()) {
      return;
    }
    var content = new LinkedHashMap<String, Object>();
    if (!edits.set().isEmpty()) {
      content.put("set", edits.set());
    }
    if (!edits.add().isEmpty()) {
      content.put("add", edits.add());
    }
    if (!edits.remove().isEmpty()) {
      content.put("remove", edits.remove());
    }
    headers.put(message, content);
  }

  private static void putTexts(
      Map<String, Object> match, String field, Map<String, Text> conditions) {
    var content = new LinkedHashMap<String, Object>();
    conditions.forEach(
        (name, text) -> content.put(name, Map.of(text.regex() ? "regex" : "exact", text.value())));
    if (!content.isEmpty()) {
      match.put(field, content);
    }
  }

  static Map<String, Object> object(String kind, Map<String, Object> spec) {
    return object("networking.istio.io/v1", kind, "web", spec);
  }

  /** An object in the namespace {@code shop}. */
  static Map<String, Object> object(
      String version, String kind, String name, Map<String, Object> spec) {
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", version);
    object.put("kind", kind);
    object.put("metadata", new LinkedHashMap<>(Map.of("name", name, "namespace", "shop")));
    object.put("spec", new LinkedHashMap<>(spec));
    return object;
  }
}
