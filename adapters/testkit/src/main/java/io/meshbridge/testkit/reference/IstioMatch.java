package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A match of a VirtualService's route, as istiod makes an Envoy match of it ({@code
 * pilot/pkg/networking/core/route/route.go}).
 *
 * @param source what it was read from; nothing for a route without matches
 */
record IstioMatch(
    Native source,
    EnvoyPath path,
    List<EnvoyHeaderMatcher> headers,
    Map<String, TextCondition> query) {
  /** Every request. */
  static final IstioMatch ANY = of(new Native("", null));

  static IstioMatch of(Native match) {
    var headers = new ArrayList<EnvoyHeaderMatcher>();
    match
        .at("headers")
        .entries()
        .forEach((name, condition) -> headers.add(header(name, condition, false)));
    match
        .at("withoutHeaders")
        .entries()
        .forEach((name, condition) -> headers.add(header(name, condition, true)));
    for (String pseudo : List.of("method", "authority", "scheme")) {
      if (match.at(pseudo).exists()) {
        headers.add(header(":" + pseudo, match.at(pseudo), false));
      }
    }
    var query = new HashMap<String, TextCondition>();
    match.at("queryParams").entries().forEach((name, text) -> query.put(name, condition(text)));
    return new IstioMatch(match, pathOf(match), headers, query);
  }

  /** Whether istiod gives the route to that client's proxy, for that port. */
  boolean isFor(Client client, int port) {
    var gateways = source.at("gateways").texts();
    if (source.at("port").number(port) != port) {
      return false;
    }
    if (!gateways.isEmpty()) {
      return gateways.contains("mesh");
    }
    var namespace = source.at("sourceNamespace").text();
    return client
            .labels()
            .entrySet()
            .containsAll(source.at("sourceLabels").textEntries().entrySet())
        && (namespace.isEmpty() || namespace.equals(client.namespace()));
  }

  /** Whether istiod gives the route to the pods of a gateway, for that port. */
  boolean isAt(String gateway, int port) {
    var gateways = source.at("gateways").texts();
    return source.at("port").number(port) == port
        && (gateways.isEmpty() || gateways.contains(gateway))
        && source.at("sourceNamespace").text().isEmpty();
  }

  boolean holds(Request request) {
    return path.holds(request.path())
        && headers.stream().allMatch(header -> holds(header, request))
        && query.entrySet().stream()
            .allMatch(
                parameter -> {
                  var value = request.query().get(parameter.getKey());
                  return value != null && parameter.getValue().holds(value);
                });
  }

  private static boolean holds(EnvoyHeaderMatcher header, Request request) {
    return header.holds(
        switch (header.name()) {
          case ":method" -> request.method();
          case ":authority" -> request.host();
          case ":scheme" -> "http";
          default -> request.headers().get(header.name());
        });
  }

  private static EnvoyHeaderMatcher header(String name, Native text, boolean without) {
    var condition = condition(text);
    boolean missingIsEmpty = without && !(condition instanceof TextCondition.Present);
    return new EnvoyHeaderMatcher(
        name.toLowerCase(Locale.ROOT), condition, without, missingIsEmpty);
  }

  /** Nothing, or a star that is no expression, asks for presence. */
  static TextCondition condition(Native text) {
    if (text.at("exact").exists()) {
      return new TextCondition.Exact(text.at("exact").text());
    }
    if (text.at("prefix").exists()) {
      return new TextCondition.Prefix(text.at("prefix").text());
    }
    var expression = text.at("regex").text();
    return expression.isEmpty() || expression.equals("*")
        ? new TextCondition.Present()
        : TextCondition.Regex.of(expression);
  }

  private static EnvoyPath pathOf(Native match) {
    var uri = match.at("uri");
    boolean ignoreCase = match.at("ignoreUriCase").isTrue();
    if (uri.at("exact").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.EXACT, uri.at("exact").text(), ignoreCase);
    }
    if (uri.at("prefix").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.PREFIX, uri.at("prefix").text(), ignoreCase);
    }
    if (uri.at("segments").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.SEGMENTS, uri.at("segments").text(), false);
    }
    if (uri.at("regex").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.REGEX, uri.at("regex").text(), ignoreCase);
    }
    return EnvoyPath.ANY;
  }
}
