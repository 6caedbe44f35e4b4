package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The match of a router's route, as Consul makes an Envoy match of it ({@code
 * agent/xds/routes.go}).
 */
record ConsulMatch(
    EnvoyPath path,
    List<EnvoyHeaderMatcher> headers,
    List<String> methods,
    Map<String, TextCondition> query) {

  static ConsulMatch of(Native route) {
    var http = route.at("match", "http");
    var headers = new ArrayList<EnvoyHeaderMatcher>();
    for (Native header : http.at("header").list()) {
      if (isCondition(header)) {
        headers.add(
            new EnvoyHeaderMatcher(
                header.at("name").text().toLowerCase(Locale.ROOT),
                condition(header),
                header.at("invert").isTrue(),
                false));
      }
    }
    var query = new HashMap<String, TextCondition>();
    for (Native parameter : http.at("queryParam").list()) {
      if (isCondition(parameter)) {
        query.put(parameter.at("name").text(), condition(parameter));
      }
    }
    return new ConsulMatch(pathOf(http), headers, http.at("methods").texts(), query);
  }

  boolean holds(Request request) {
    return path.holds(request.path())
        && headers.stream().allMatch(header -> header.holds(valueOf(request, header.name())))
        && (methods.isEmpty() || methods.contains(request.method()))
        && query.entrySet().stream()
            .allMatch(
                parameter -> {
                  var value = request.query().get(parameter.getKey());
                  return value != null && parameter.getValue().holds(value);
                });
  }

  private static @Nullable String valueOf(Request request, String name) {
    return switch (name) {
      case ":authority" -> request.host();
      case ":method" -> request.method();
      case ":path" -> request.path();
      default -> request.headers().get(name);
    };
  }

  private static EnvoyPath pathOf(Native http) {
    boolean ignoreCase = http.at("caseInsensitive").isTrue();
    if (http.at("pathExact").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.EXACT, http.at("pathExact").text(), ignoreCase);
    }
    if (http.at("pathPrefix").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.PREFIX, http.at("pathPrefix").text(), ignoreCase);
    }
    if (http.at("pathRegex").exists()) {
      return new EnvoyPath(EnvoyPath.Kind.REGEX, http.at("pathRegex").text(), ignoreCase);
    }
    return EnvoyPath.ANY;
  }

  private static boolean isCondition(Native match) {
    return !match.at("exact").text().isEmpty()
        || !match.at("regex").text().isEmpty()
        || !match.at("prefix").text().isEmpty()
        || !match.at("suffix").text().isEmpty()
        || !match.at("contains").text().isEmpty()
        || match.at("present").isTrue();
  }

  private static TextCondition condition(Native match) {
    boolean ignoreCase = match.at("ignoreCase").isTrue();
    var plain = plain(match, ignoreCase);
    return ignoreCase && !(plain instanceof TextCondition.Regex)
        ? new TextCondition.IgnoringCase(plain)
        : plain;
  }

  private static TextCondition plain(Native match, boolean ignoreCase) {
    if (!match.at("exact").text().isEmpty()) {
      return new TextCondition.Exact(cased(match.at("exact"), ignoreCase));
    }
    if (!match.at("regex").text().isEmpty()) {
      return TextCondition.Regex.of(match.at("regex").text());
    }
    if (!match.at("prefix").text().isEmpty()) {
      return new TextCondition.Prefix(cased(match.at("prefix"), ignoreCase));
    }
    if (!match.at("suffix").text().isEmpty()) {
      return new TextCondition.Suffix(cased(match.at("suffix"), ignoreCase));
    }
    return match.at("contains").text().isEmpty()
        ? new TextCondition.Present()
        : new TextCondition.Contains(cased(match.at("contains"), ignoreCase));
  }

  private static String cased(Native value, boolean ignoreCase) {
    return ignoreCase ? value.text().toLowerCase(Locale.ROOT) : value.text();
  }
}
