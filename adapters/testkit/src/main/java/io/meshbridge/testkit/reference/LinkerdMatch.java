package io.meshbridge.testkit.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A match of a route as Linkerd's proxy sees it. It tells how well it matches: the proxy takes the
 * best of all rules, not the first (linkerd2-proxy, {@code linkerd/http/route}).
 */
sealed interface LinkerdMatch {
  /** Numbers of which the first that differs decides, the greater winning; empty for no match. */
  Optional<List<Integer>> summary(Request request);

  /**
   * A match of an HTTPRoute. Of two paths that match the longer one wins, whichever kind they are:
   * an expression counts the whole path.
   *
   * @param method empty for any
   */
  record Http(
      Optional<Path> path,
      String method,
      Map<String, TextCondition> headers,
      Map<String, TextCondition> query)
      implements LinkerdMatch {
    private static final int LENGTH_OF_NONE = 1;

    static Http of(Native match) {
      var path = match.at("path");
      return new Http(
          path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path)),
          match.at("method").text(),
          conditions(match.at("headers"), true),
          conditions(match.at("queryParams"), false));
    }

    @Override
    public Optional<List<Integer>> summary(Request request) {
      var length = path.map(p -> p.lengthIn(request.path())).orElse(Optional.of(LENGTH_OF_NONE));
      boolean matches =
          (method.isEmpty() || method.equals(request.method()))
              && allHold(headers, request.headers())
              && allHold(query, request.query());
      return length
          .filter(found -> matches)
          .map(found -> List.of(found, method.isEmpty() ? 0 : 1, headers.size(), query.size()));
    }
  }

  /**
   * A match of a GRPCRoute.
   *
   * @param service empty for any
   * @param method empty for any
   */
  record Grpc(String service, String method, Map<String, TextCondition> headers)
      implements LinkerdMatch {
    private static final int PARTS = 3;

    /** Matches every call. */
    static final Grpc ANY = new Grpc("", "", Map.of());

    static Grpc of(Native match) {
      if (match.at("method", "type").text().equals("RegularExpression")) {
        throw new IllegalArgumentException("unsupported GRPCRoute method match type");
      }
      return new Grpc(
          match.at("method", "service").text(),
          match.at("method", "method").text(),
          conditions(match.at("headers"), true));
    }

    @Override
    public Optional<List<Integer>> summary(Request request) {
      var parts = request.path().split("/", -1);
      boolean matches =
          request.method().equals("POST")
              && parts.length >= PARTS
              && parts[0].isEmpty()
              && (service.isEmpty() || service.equals(parts[1]))
              && (method.isEmpty() || method.equals(parts[2]))
              && allHold(headers, request.headers());
      return matches
          ? Optional.of(List.of(service.length(), method.length(), headers.size()))
          : Optional.empty();
    }
  }

  /** A condition on a path. */
  record Path(String type, TextCondition condition, String value) {
    static Path of(Native path) {
      var type = path.at("type").textOr("PathPrefix");
      var value = path.at("value").textOr("/");
      return new Path(
          type,
          type.equals("RegularExpression")
              ? TextCondition.Regex.of(value)
              : new TextCondition.Exact(value),
          value);
    }

    /** How much of it matches. */
    Optional<Integer> lengthIn(String path) {
      if (type.equals("PathPrefix")) {
        return prefixLength(path);
      }
      return condition.holds(path) ? Optional.of(path.length()) : Optional.empty();
    }

    private Optional<Integer> prefixLength(String path) {
      if (value.equals("/")) {
        return Optional.of(1);
      }
      var prefix = withoutEnd(value);
      var whole = withoutEnd(path);
      boolean matches = whole.equals(prefix) || whole.startsWith(prefix + "/");
      return matches ? Optional.of(prefix.length()) : Optional.empty();
    }

    private static String withoutEnd(String path) {
      int end = path.length();
      while (end > 0 && path.charAt(end - 1) == '/') {
        end--;
      }
      return path.substring(0, end);
    }
  }

  private static Map<String, TextCondition> conditions(Native list, boolean lowerCase) {
    var conditions = new LinkedHashMap<String, TextCondition>();
    for (Native condition : list.list()) {
      var name = condition.at("name").text();
      var value = condition.at("value").text();
      var before =
          conditions.put(
              lowerCase ? name.toLowerCase(Locale.ROOT) : name,
              condition.at("type").text().equals("RegularExpression")
                  ? TextCondition.Regex.of(value)
                  : new TextCondition.Exact(value));
      if (before != null) {
        throw new IllegalArgumentException("the API server takes " + name + " only once");
      }
    }
    return conditions;
  }

  private static boolean allHold(
      Map<String, TextCondition> conditions, Map<String, String> values) {
    return conditions.entrySet().stream()
        .allMatch(
            condition -> {
              var value = values.get(condition.getKey());
              return value != null && condition.getValue().holds(value);
            });
  }
}
