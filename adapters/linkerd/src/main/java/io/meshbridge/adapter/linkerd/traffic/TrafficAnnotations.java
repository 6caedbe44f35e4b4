package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.SourcedFields;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the annotations of a Service or a route say of retries and timeouts.
 *
 * @param http when requests are tried again; empty if that is not said
 * @param grpc when calls of gRPC are tried again; empty if that is not said
 * @param tryTimeout for one try
 * @param request for the whole request
 * @param idle for a stream on which nothing moves
 * @param response whether a timeout of the response alone was set
 * @param sources where that was declared
 */
record TrafficAnnotations(
    Optional<Retry> http,
    Optional<Retry> grpc,
    Optional<Duration> tryTimeout,
    Optional<Duration> request,
    Optional<Duration> idle,
    boolean response,
    Sources sources) {
  private static final int DEFAULT_LIMIT = 1;
  private static final int MAX_LIMIT = 65_535;
  private static final int TIMED_OUT = 504;

  /** Whether there is a timeout, so that those of the Service do not count. */
  boolean hasTimeouts() {
    return request.isPresent() || idle.isPresent() || response;
  }

  Optional<Retry> retry(boolean forGrpc) {
    return forGrpc ? grpc : http;
  }

  Optional<FieldRef> requestRef() {
    return sources.of("timeouts.request").stream().findFirst();
  }

  /** Reads those of an object's annotations that are about retries and timeouts. */
  static TrafficAnnotations read(TracedFields annotations) {
    return new Reader(annotations).read();
  }

  /** Reads one object's annotations. */
  private static final class Reader {
    private final TracedFields fields;
    private final Sources.Builder sources = new Sources.Builder();

    Reader(TracedFields fields) {
      this.fields = fields;
    }

    TrafficAnnotations read() {
      int limit = limit();
      var tryTimeout =
          duration(Annotations.RETRY_TIMEOUT, "timeouts.backendRequest")
              .filter(timeout -> !timeout.isZero());
      var http = meaning(Annotations.RETRY_HTTP, false);
      var grpc = meaning(Annotations.RETRY_GRPC, true);
      boolean response = fields.has(Annotations.TIMEOUT_RESPONSE);
      duration(Annotations.TIMEOUT_RESPONSE, "timeouts");
      fields.drop(
          Annotations.TIMEOUT_RESPONSE,
          "other meshes time a request as a whole, not its response alone",
          "set timeout.linkerd.io/request");
      tellWithoutConditions(http.isPresent() || grpc.isPresent(), tryTimeout.isPresent());
      return new TrafficAnnotations(
          retry(limit, http, tryTimeout),
          retry(limit, grpc, tryTimeout),
          tryTimeout,
          duration(Annotations.TIMEOUT_REQUEST, "timeouts.request"),
          duration(Annotations.TIMEOUT_IDLE, "timeouts.idle"),
          response,
          sources.build());
    }

    private int limit() {
      int limit =
          into("retry.attempts")
              .integer(Annotations.RETRY_LIMIT, 0, MAX_LIMIT)
              .orElse(DEFAULT_LIMIT);
      if (limit == 0) {
        fields.drop(
            Annotations.RETRY_LIMIT,
            "Linkerd takes a limit of 0 as if it were not there",
            "take the retry annotations away");
      }
      return Math.max(limit, DEFAULT_LIMIT);
    }

    /** A limit alone does nothing: there is no answer after which to try again. */
    private void tellWithoutConditions(boolean conditions, boolean tryTimeout) {
      if (conditions) {
        return;
      }
      if (tryTimeout) {
        fields.approximate(
            Annotations.RETRY_TIMEOUT,
            "a try that takes too long counts as an answer of 504",
            "say with retry.linkerd.io/http what is tried again");
      } else if (fields.has(Annotations.RETRY_LIMIT)) {
        fields.drop(
            Annotations.RETRY_LIMIT,
            "without retry.linkerd.io/http or /grpc Linkerd tries nothing again",
            "say what is tried again");
      }
    }

    private Optional<Retry> retry(
        int limit, Optional<RetryWords.Meaning> meaning, Optional<Duration> tryTimeout) {
      if (meaning.isPresent()) {
        return meaning.map(m -> retry(limit, m.conditions(), m.codes()));
      }
      if (tryTimeout.isPresent()) {
        return Optional.of(retry(limit, Set.of(), Set.of(TIMED_OUT)));
      }
      // It still takes the place of what the Service says.
      return fields.has(Annotations.RETRY_LIMIT)
          ? Optional.of(retry(0, Set.of(), Set.of()))
          : Optional.empty();
    }

    private static Retry retry(int limit, Set<RetryCondition> conditions, Set<Integer> codes) {
      return new Retry(
          limit,
          new TreeSet<>(conditions),
          new TreeSet<>(codes),
          Optional.empty(),
          Optional.empty(),
          false);
    }

    private Optional<RetryWords.Meaning> meaning(String name, boolean grpc) {
      var words = into("retry.conditions").text(name);
      if (words.isEmpty()) {
        return Optional.empty();
      }
      var meaning = grpc ? RetryWords.grpc(words.get()) : RetryWords.http(words.get());
      if (meaning.isEmpty()) {
        fields.error(
            name,
            "'"
                + words.get()
                + "' is no list of "
                + (grpc
                    ? "cancelled, deadline-exceeded, internal, resource-exhausted, unavailable"
                    : "5xx, gateway-error, statuses and ranges of statuses"));
      } else if (meaning.get().unsaid()) {
        fields.approximate(name, "no other mesh tries again after statuses below 400", "");
      }
      return meaning;
    }

    private Optional<Duration> duration(String name, String target) {
      var text = into(target).text(name);
      var duration = text.flatMap(LinkerdDurations::parse);
      if (text.isPresent() && duration.isEmpty()) {
        fields.error(
            name,
            "must be a whole number with one unit, such as 500ms or 5m, but is '"
                + text.get()
                + "'");
      }
      return duration;
    }

    private SourcedFields into(String target) {
      return new SourcedFields(fields, sources, target);
    }
  }
}
