package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Reads one match of an HTTPRoute or a GRPCRoute. */
final class MatchReader {
  private static final String EXACT = "Exact";
  private static final String REGEX = "RegularExpression";

  private final TracedFields match;
  private final Sources.Builder sources = new Sources.Builder();

  MatchReader(TracedFields match) {
    this.match = match;
  }

  /** Where the fields of the match were declared, relative to it. */
  Sources sources() {
    return sources.build();
  }

  /** A match of an HTTPRoute; empty if something of it is wrong. */
  Optional<HttpMatch> http() {
    int faults = match.trace().faults().size();
    var path = path();
    var method = into("method").text("method").map(TextMatch::exact);
    var headers = named("headers", "headers", name -> name.toLowerCase(Locale.ROOT));
    var query = named("queryParams", "query", UnaryOperator.identity());
    return faultless(faults, matchOf(path, method, headers, query));
  }

  /** A match of a GRPCRoute; empty if something of it is wrong. */
  Optional<HttpMatch> grpc() {
    int faults = match.trace().faults().size();
    var path = match.has("method") ? procedure() : Optional.<PathMatch>empty();
    var headers = named("headers", "headers", name -> name.toLowerCase(Locale.ROOT));
    return faultless(faults, matchOf(path, Optional.empty(), headers, List.of()));
  }

  /** Whether a GRPCRoute's match is by regular expression. */
  static boolean isMethodRegex(TracedFields match) {
    return match.object("method").text("type").orElse(EXACT).equals(REGEX);
  }

  private Optional<HttpMatch> faultless(int before, HttpMatch read) {
    return match.trace().faults().size() > before ? Optional.empty() : Optional.of(read);
  }

  private static HttpMatch matchOf(
      Optional<PathMatch> path,
      Optional<TextMatch> method,
      List<NamedMatch> headers,
      List<NamedMatch> query) {
    return new HttpMatch(
        path,
        method,
        headers,
        query,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }

  private Optional<PathMatch> path() {
    if (!match.has("path")) {
      return Optional.empty();
    }
    var path = into("path").object("path");
    var type = path.text("type").orElse("PathPrefix");
    var value = path.text("value").orElse("/");
    if (!type.equals(REGEX) && !value.startsWith("/")) {
      path.fields().error("value", "must begin with a slash, but is '" + value + "'");
      return Optional.empty();
    }
    return switch (type) {
      case EXACT -> Optional.of(PathMatch.exact(value));
      case "PathPrefix" -> Optional.of(PathMatch.segmentPrefix(value));
      case REGEX -> regex(path, "value", value).map(PathMatch::regex);
      default -> {
        path.fields().error("type", "must be Exact, PathPrefix or RegularExpression");
        yield Optional.empty();
      }
    };
  }

  /** What a gRPC method is as a path: {@code /package.Service/Method}. */
  private Optional<PathMatch> procedure() {
    var method = into("path").object("method");
    var type = method.text("type").orElse(EXACT);
    var service = method.text("service").filter(text -> !text.isEmpty());
    var name = method.text("method").filter(text -> !text.isEmpty());
    if (service.isEmpty() && name.isEmpty()) {
      match.error("method", "must name a service or a method");
      return Optional.empty();
    }
    if (type.equals(REGEX)) {
      return regex(
              method,
              service.isPresent() ? "service" : "method",
              "/" + service.orElse("[^/]+") + "/" + name.orElse("[^/]+"))
          .map(PathMatch::regex);
    }
    if (name.isEmpty()) {
      return service.map(text -> PathMatch.stringPrefix("/" + text + "/"));
    }
    return service
        .map(text -> PathMatch.exact("/" + text + "/" + name.orElseThrow()))
        .or(() -> Optional.of(PathMatch.regex("/[^/]+/" + Regexes.quote(name.orElseThrow()))));
  }

  private List<NamedMatch> named(String list, String into, UnaryOperator<String> spelling) {
    var found = new ArrayList<NamedMatch>();
    var names = new HashSet<String>();
    for (TracedFields element : match.objects(list)) {
      var at = new SourcedFields(element, sources, into + "[" + found.size() + "]");
      var name = at.fields().text("name").map(spelling).orElse("");
      if (name.isBlank()) {
        element.error("name", "is missing");
      } else if (names.add(name)) {
        at.text("name");
        valueOf(at).ifPresent(value -> found.add(NamedMatch.is(name, value)));
      } else {
        // Gateway API, HTTPHeaderMatch and HTTPQueryParamMatch.
        List.of("name", "type", "value")
            .forEach(field -> element.drop(field, "only the first match on a name counts", ""));
      }
    }
    return found;
  }

  private static Optional<TextMatch> valueOf(SourcedFields element) {
    var type = element.text("type").orElse(EXACT);
    var value = element.text("value").orElse("");
    if (!element.fields().has("value")) {
      element.fields().error("value", "is missing");
      return Optional.empty();
    }
    return switch (type) {
      case EXACT -> Optional.of(TextMatch.exact(value));
      case REGEX -> regex(element, "value", value).map(TextMatch::regex);
      default -> {
        element.fields().error("type", "must be Exact or RegularExpression");
        yield Optional.empty();
      }
    };
  }

  private static Optional<String> regex(SourcedFields holder, String field, String expression) {
    var fault = expression.isEmpty() ? Optional.of("it is empty") : Regexes.faultOf(expression);
    fault.ifPresent(
        text -> holder.fields().error(field, "is no regular expression of RE2: " + text));
    return fault.isPresent() ? Optional.empty() : Optional.of(expression);
  }

  private SourcedFields into(String field) {
    return new SourcedFields(match, sources, field);
  }
}
