package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the filters of rules and of backends. */
final class FilterReader {
  private static final int MAX_PORT = 65_535;
  private static final int FOUND = 302;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final RouteDialect dialect;
  private final RefReader refs;
  private final Sources.Builder sources;
  private final boolean responsesAreRequests;

  /**
   * What came of a list of filters.
   *
   * @param filters in the order in which they act
   * @param refused whether the mesh refuses one of them
   */
  record Reading(List<HttpFilter> filters, boolean refused) {}

  /**
   * Reads for one rule.
   *
   * @param responsesAreRequests whether a rule's changes of responses are made to requests, as
   *     Linkerd does for routes of its own group
   */
  FilterReader(
      RouteDialect dialect, RefReader refs, Sources.Builder sources, boolean responsesAreRequests) {
    this.dialect = dialect;
    this.responsesAreRequests = responsesAreRequests;
    this.refs = refs;
    this.sources = sources;
  }

  /**
   * Reads a list of filters.
   *
   * @param holder the rule or backend
   * @param into the field of the model, such as {@code backends[0].filters}
   * @param known the filters that the mesh acts on there
   * @param consequence what the mesh does if there is another one
   */
  Reading read(TracedFields holder, String into, Set<FilterType> known, String consequence) {
    var filters = new ArrayList<HttpFilter>();
    boolean refused = false;
    for (TracedFields filter : holder.objects("filters")) {
      var at = new SourcedFields(filter, sources, into + "[" + filters.size() + "]");
      var word = filter.text("type").orElse("");
      var type = FilterType.of(word);
      if (type.isEmpty()) {
        filter.error("type", "'" + word + "' is no filter of the Gateway API");
        refused = true;
      } else if (!known.contains(type.orElseThrow())) {
        refuse(filter, word, consequence);
        refused = true;
      } else {
        at.text("type");
        dropOthers(filter, type.orElseThrow());
        read(at, type.orElseThrow())
            .map(read -> into.startsWith("backends") ? read : asMade(read, filter))
            .ifPresent(filters::add);
      }
    }
    return new Reading(filters, refused);
  }

  private HttpFilter asMade(HttpFilter filter, TracedFields at) {
    if (responsesAreRequests && filter instanceof HttpFilter.ResponseHeaders response) {
      at.warn(
          "type",
          dialect.mesh()
              + " makes this change to the request, for a route of its own group; use "
              + RouteKind.GROUP);
      return new HttpFilter.RequestHeaders(response.change());
    }
    return filter;
  }

  private void refuse(TracedFields filter, String word, String consequence) {
    var reason = dialect.mesh() + " refuses the filter " + word + ", so " + consequence;
    filter.drop("type", reason, "");
    for (FilterType type : FilterType.values()) {
      filter.drop(type.field(), reason, "");
    }
    filter.warn("type", reason);
  }

  private static void dropOthers(TracedFields filter, FilterType type) {
    for (FilterType other : FilterType.values()) {
      if (other != type) {
        filter.drop(other.field(), "the filter is of type " + type.word(), "");
      }
    }
  }

  private Optional<HttpFilter> read(SourcedFields filter, FilterType type) {
    if (!filter.fields().has(type.field())) {
      filter.fields().error(type.field(), "is missing; the filter is of type " + type.word());
      return Optional.empty();
    }
    var content = filter.object(type.field());
    return switch (type) {
      case REQUEST_HEADER_MODIFIER ->
          HeaderChanges.read(content, dialect.removesHeadersLast())
              .map(HttpFilter.RequestHeaders::new);
      case RESPONSE_HEADER_MODIFIER ->
          HeaderChanges.read(content, dialect.removesHeadersLast())
              .map(HttpFilter.ResponseHeaders::new);
      case REQUEST_MIRROR -> mirror(content);
      case REQUEST_REDIRECT -> Optional.of(redirect(content));
      case URL_REWRITE ->
          Optional.of(new HttpFilter.Rewrite(content.text("hostname"), pathOf(content)));
      case CORS -> Optional.of(CorsReader.read(content));
      case EXTENSION_REF -> Optional.empty();
    };
  }

  private HttpFilter redirect(SourcedFields redirect) {
    var status = redirect.integer("statusCode", 300, 399);
    var scheme = redirect.text("scheme");
    var host = redirect.text("hostname");
    var port = redirect.integer("port", 1, MAX_PORT);
    boolean usual = dialect.schemeMeansPort() && host.isPresent() && port.isEmpty();
    return new HttpFilter.Redirect(
        scheme, host, usual ? usualPort(scheme) : port, pathOf(redirect), status.orElse(FOUND));
  }

  private static OptionalInt usualPort(Optional<String> scheme) {
    return scheme.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(HttpFilter.Redirect.usualPort(scheme.get()));
  }

  private static Optional<PathChange> pathOf(SourcedFields holder) {
    if (!holder.fields().has("path")) {
      return Optional.empty();
    }
    var path = holder.object("path");
    var type = path.text("type").orElse("");
    switch (type) {
      case "ReplaceFullPath" -> {
        path.fields().drop("replacePrefixMatch", "the type is " + type, "");
        return path.text("replaceFullPath").map(PathChange.Whole::new);
      }
      case "ReplacePrefixMatch" -> {
        path.fields().drop("replaceFullPath", "the type is " + type, "");
        return path.text("replacePrefixMatch").map(PathChange.Prefix::new);
      }
      default -> {
        path.fields().error("type", "must be ReplaceFullPath or ReplacePrefixMatch");
        return Optional.empty();
      }
    }
  }

  private Optional<HttpFilter> mirror(SourcedFields mirror) {
    var percent = percentOf(mirror);
    return refs.read(mirror.object("backendRef")).map(ref -> new HttpFilter.Mirror(ref, percent));
  }

  private static BigDecimal percentOf(SourcedFields mirror) {
    if (mirror.fields().has("fraction")) {
      mirror.fields().drop("percent", "the fraction says it already", "give one of both");
      var fraction = mirror.object("fraction");
      int numerator = fraction.integer("numerator", 0, Integer.MAX_VALUE).orElse(0);
      int denominator = fraction.integer("denominator", 1, Integer.MAX_VALUE).orElse(100);
      var percent =
          HUNDRED
              .multiply(BigDecimal.valueOf(numerator))
              .divide(BigDecimal.valueOf(denominator), MathContext.DECIMAL32);
      if (percent.compareTo(HUNDRED) > 0) {
        fraction.fields().error("numerator", "must not be more than the denominator");
        return HUNDRED;
      }
      return percent;
    }
    OptionalInt percent = mirror.integer("percent", 0, 100);
    return percent.isPresent() ? BigDecimal.valueOf(percent.getAsInt()) : HUNDRED;
  }

  /** Reads the CORS filter. */
  private static final class CorsReader {
    private static final int DEFAULT_AGE_SECONDS = 5;

    static HttpFilter read(SourcedFields cors) {
      var origins = cors.texts("allowOrigins").stream().map(CorsReader::origin).toList();
      var age = cors.integer("maxAge", 0, Integer.MAX_VALUE).orElse(DEFAULT_AGE_SECONDS);
      return new HttpFilter.Cors(
          origins,
          cors.texts("allowMethods"),
          cors.texts("allowHeaders"),
          cors.texts("exposeHeaders"),
          Optional.of(Duration.ofSeconds(age)),
          cors.flag("allowCredentials").orElse(false));
    }

    private static TextMatch origin(String origin) {
      return origin.contains("*")
          ? TextMatch.regex(Regexes.quote(origin).replace("\\*", ".*"))
          : TextMatch.exact(origin);
    }
  }
}
