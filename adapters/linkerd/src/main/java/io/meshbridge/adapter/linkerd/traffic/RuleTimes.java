package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says how long a rule waits and when it tries again: partly in the rule, partly as annotations of
 * its route.
 *
 * @param request for the rule itself
 * @param annotations for its route
 */
record RuleTimes(Optional<Duration> request, SortedMap<String, String> annotations) {
  private static final int CONFLICT = 409;
  private static final int MOST_ATTEMPTS = 65_535;

  /**
   * What a rule says.
   *
   * @param grpc whether a GRPCRoute shall say it: then statuses mean nothing, and it has no timeout
   *     of its own
   */
  static RuleTimes of(HttpRule rule, boolean grpc, PolicyLosses.Part losses) {
    var annotations = new TreeMap<String, String>();
    var retry = rule.retry().orElse(Retry.NEVER);
    var words = retry.attempts() == 0 ? List.<String>of() : wordsOf(retry, grpc, losses);
    var request = positive(rule.timeouts().request());
    var tryTimeout = positive(rule.timeouts().backendRequest());
    if (words.isEmpty()) {
      // A single try is the whole request.
      request = least(request, tryTimeout);
    } else {
      annotations.put(
          grpc ? Annotations.RETRY_GRPC : Annotations.RETRY_HTTP, String.join(",", words));
      annotations.put(
          Annotations.RETRY_LIMIT, String.valueOf(Math.min(retry.attempts(), MOST_ATTEMPTS)));
      tryTimeout.ifPresent(
          timeout -> annotations.put(Annotations.RETRY_TIMEOUT, LinkerdDurations.spell(timeout)));
    }
    positive(rule.timeouts().idle())
        .ifPresent(idle -> annotations.put(Annotations.TIMEOUT_IDLE, LinkerdDurations.spell(idle)));
    if (grpc) {
      request.ifPresent(
          timeout -> annotations.put(Annotations.TIMEOUT_REQUEST, LinkerdDurations.spell(timeout)));
      request = Optional.empty();
    }
    return new RuleTimes(request, annotations);
  }

  private static List<String> wordsOf(Retry retry, boolean grpc, PolicyLosses.Part losses) {
    var codes = new TreeSet<>(retry.statusCodes());
    if (retry.conditions().contains(RetryCondition.RETRIABLE_4XX)) {
      codes.add(CONFLICT);
    }
    var words =
        new ArrayList<>(
            grpc
                ? RetryWords.grpc(retry.conditions())
                : RetryWords.http(retry.conditions(), codes));
    if (!retry.implied()) {
      tell(retry, grpc, words.isEmpty(), losses);
    }
    return words;
  }

  private static void tell(Retry retry, boolean grpc, boolean nothing, PolicyLosses.Part losses) {
    if (nothing) {
      losses.dropped(
          "retry",
          grpc
              ? "Linkerd tries a call again only after some statuses of gRPC"
              : "Linkerd tries a request again only after an answer with an error");
    } else {
      var unsaid = retry.conditions().stream().filter(c -> !isSaid(c, grpc)).toList();
      if (!unsaid.isEmpty()) {
        losses.approximated("retry.conditions", "Linkerd does not try again after " + unsaid);
      }
      if (grpc && !retry.statusCodes().isEmpty()) {
        losses.dropped(
            "retry.statusCodes", "a GRPCRoute is not tried again after a status of HTTP");
      }
    }
    if (retry.backoff().isPresent()) {
      losses.dropped("retry.backoff", "Linkerd waits 25 to 250 ms between tries");
    }
    if (retry.budget().isPresent()) {
      losses.dropped("retry.budget", "the retries of a route have no budget");
    }
  }

  private static boolean isSaid(RetryCondition condition, boolean grpc) {
    return switch (condition) {
      case SERVER_ERROR, GATEWAY_ERROR, RETRIABLE_4XX -> !grpc;
      case CONNECT_FAILURE, RESET, RESET_BEFORE_REQUEST, REFUSED_STREAM -> false;
      case GRPC_CANCELLED,
          GRPC_DEADLINE_EXCEEDED,
          GRPC_INTERNAL,
          GRPC_RESOURCE_EXHAUSTED,
          GRPC_UNAVAILABLE ->
          grpc;
    };
  }

  private static Optional<Duration> positive(Optional<Duration> timeout) {
    return timeout.filter(duration -> !duration.isZero());
  }

  private static Optional<Duration> least(Optional<Duration> one, Optional<Duration> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) <= 0 ? one : other;
  }
}
