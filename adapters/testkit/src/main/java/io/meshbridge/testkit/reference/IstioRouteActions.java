package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a rule of a route does, in the words of a VirtualService. */
final class IstioRouteActions {
  private IstioRouteActions() {}

  /** Everything but the match. */
  static Map<String, Object> of(Native rule, String namespace) {
    var content = new LinkedHashMap<String, Object>();
    var headers = new LinkedHashMap<String, Object>();
    for (Native filter : rule.at("filters").list()) {
      addFilter(filter, namespace, content, headers);
    }
    if (!headers.isEmpty()) {
      content.put("headers", headers);
    }
    addTimes(rule, content);
    if (!content.containsKey("redirect")) {
      addBackends(rule, namespace, content);
    }
    return content;
  }

  private static void addFilter(
      Native filter, String namespace, Map<String, Object> content, Map<String, Object> headers) {
    switch (filter.at("type").text()) {
      case "RequestHeaderModifier" ->
          headers.put("request", operations(filter.at("requestHeaderModifier")));
      case "ResponseHeaderModifier" ->
          headers.put("response", operations(filter.at("responseHeaderModifier")));
      case "RequestRedirect" -> content.put("redirect", redirect(filter.at("requestRedirect")));
      case "URLRewrite" -> content.put("rewrite", rewrite(filter.at("urlRewrite")));
      case "RequestMirror" -> {
        var mirror = filter.at("requestMirror");
        var policy = new LinkedHashMap<String, Object>();
        policy.put("destination", destination(mirror.at("backendRef"), namespace));
        if (mirror.at("percent").exists()) {
          policy.put("percentage", Map.of("value", mirror.at("percent").decimal()));
        }
        content.put("mirrors", List.of(policy));
      }
      default -> content.put("directResponse", Map.of("status", 500));
    }
  }

  private static Map<String, Object> operations(Native modifier) {
    var operations = new LinkedHashMap<String, Object>();
    for (String field : List.of("set", "add")) {
      var values = new LinkedHashMap<String, Object>();
      modifier
          .at(field)
          .list()
          .forEach(header -> values.put(header.at("name").text(), header.at("value").text()));
      operations.put(field, values);
    }
    operations.put("remove", modifier.at("remove").texts());
    return operations;
  }

  private static Map<String, Object> redirect(Native filter) {
    var redirect = new LinkedHashMap<String, Object>();
    redirect.put("redirectCode", filter.at("statusCode").number(302));
    redirect.put("authority", filter.at("hostname").text());
    redirect.put("scheme", filter.at("scheme").text());
    if (filter.at("port").exists()) {
      redirect.put("port", filter.at("port").number(0));
    } else {
      redirect.put(
          "derivePort",
          filter.at("scheme").exists() ? "FROM_PROTOCOL_DEFAULT" : "FROM_REQUEST_PORT");
    }
    var path = filter.at("path");
    redirect.put("uri", path.at("replaceFullPath").text());
    redirect.put("prefixRewrite", path.at("replacePrefixMatch").text());
    return redirect;
  }

  private static Map<String, Object> rewrite(Native filter) {
    var rewrite = new LinkedHashMap<String, Object>();
    var path = filter.at("path");
    if (path.at("replaceFullPath").exists()) {
      rewrite.put(
          "uriRegexRewrite", Map.of("match", "/.*", "rewrite", path.at("replaceFullPath").text()));
    } else if (path.at("replacePrefixMatch").exists()) {
      var value = path.at("replacePrefixMatch").text();
      var prefix = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
      rewrite.put("uri", prefix.isEmpty() ? "/" : prefix);
    }
    rewrite.put("authority", filter.at("hostname").text());
    return rewrite;
  }

  /** Without retries, istiod takes the timeout of a try for that of the request. */
  private static void addTimes(Native rule, Map<String, Object> content) {
    var request = GoDuration.ofLimit(rule.at("timeouts", "request"));
    var oneTry = GoDuration.ofLimit(rule.at("timeouts", "backendRequest"));
    request.ifPresent(timeout -> content.put("timeout", timeout.toNanos()));
    var retry = rule.at("retry");
    if (retry.exists()) {
      int attempts = retry.at("attempts").number(2);
      var words =
          new ArrayList<>(List.of("connect-failure", "refused-stream", "unavailable", "cancelled"));
      words.addAll(retry.at("codes").texts());
      var retries = new LinkedHashMap<String, Object>();
      retries.put("attempts", attempts);
      retries.put("retryOn", attempts == 0 ? "" : String.join(",", words));
      oneTry.ifPresent(timeout -> retries.put("perTryTimeout", timeout.toNanos()));
      content.put("retries", retries);
    } else {
      oneTry.ifPresent(timeout -> content.put("timeout", timeout.toNanos()));
    }
  }

  private static void addBackends(Native rule, String namespace, Map<String, Object> content) {
    var route = new ArrayList<Object>();
    int whole = 0;
    for (Native backend : rule.at("backendRefs").list()) {
      int weight = backend.at("weight").number(1);
      whole += weight;
      var destination = new LinkedHashMap<String, Object>();
      destination.put("destination", destination(backend, namespace));
      destination.put("weight", weight);
      var headers = new LinkedHashMap<String, Object>();
      for (Native filter : backend.at("filters").list()) {
        addFilter(filter, namespace, new LinkedHashMap<>(), headers);
      }
      destination.put("headers", headers);
      route.add(destination);
    }
    // Without any weight istiod answers with an error, as for what has no endpoint.
    content.put("route", whole == 0 ? List.of() : route);
  }

  private static Map<String, Object> destination(Native backend, String namespace) {
    var home = backend.at("namespace").textOr(namespace);
    return Map.of(
        "host",
        IstioRegistry.fullName(backend.at("name").text(), home),
        "port",
        Map.of("number", backend.at("port").number(0)));
  }
}
