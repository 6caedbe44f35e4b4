package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says retries, and the timeouts around them. Whoever says nothing has retries in Istio, so that
 * none at all have to be said.
 */
final class RetryWriter {
  private final HttpRule rule;
  private final RulePart part;
  private final Capabilities capabilities;

  RetryWriter(HttpRule rule, RulePart part, Capabilities capabilities) {
    this.rule = rule;
    this.part = part;
    this.capabilities = capabilities;
  }

  /** The field {@code timeout}. */
  Optional<String> timeout() {
    var request = positive(rule.timeouts().request());
    var perTry = positive(rule.timeouts().backendRequest());
    // Without a second try, the first one is the request.
    var whole =
        retriesNever() && perTry.isPresent() && isShorter(perTry, request) ? perTry : request;
    return whole.map(Durations::inUnits);
  }

  /** The field {@code retries}. */
  Optional<Map<String, Object>> retries() {
    if (retriesNever()) {
      tellOfBackoff(rule.retry().orElse(Retry.NEVER));
      return Optional.of(Map.of("attempts", 0));
    }
    var perTry = positive(rule.timeouts().backendRequest());
    var retry = rule.retry().orElse(RetryWords.DEFAULT);
    boolean goesUnsaid = retry.equals(RetryWords.DEFAULT) && !capabilities.retriesUnsaid503();
    if (goesUnsaid && perTry.isEmpty()) {
      return Optional.empty();
    }
    var written = new LinkedHashMap<String, Object>();
    written.put("attempts", retry.attempts());
    perTry.ifPresent(timeout -> written.put("perTryTimeout", Durations.inUnits(timeout)));
    written.put("retryOn", wordsOf(retry));
    positive(retry.backoff()).ifPresent(backoff -> putBackoff(written, backoff));
    return Optional.of(written);
  }

  /** What stands in no rule, but with the destination, and what stands nowhere. */
  void tellUnsaid() {
    if (rule.timeouts().idle().isPresent()) {
      part.dropped("timeouts.idle", "a rule of Istio has no timeout for idle streams");
    }
    rule.affinity()
        .ifPresent(
            affinity -> part.dropped("affinity", "a rule of Istio cannot keep sessions together"));
  }

  private void putBackoff(Map<String, Object> written, Duration backoff) {
    if (capabilities.retryBackoff()) {
      written.put("backoff", Durations.inUnits(backoff));
    } else {
      part.dropped("retry.backoff", "this version of Istio has no word for it");
    }
  }

  private void tellOfBackoff(Retry retry) {
    if (retry.backoff().isPresent()) {
      part.dropped("retry.backoff", "there is no second try that would have to wait");
    }
  }

  private boolean retriesNever() {
    return rule.retry()
        .filter(
            retry ->
                retry.attempts() == 0
                    || (retry.conditions().isEmpty() && retry.statusCodes().isEmpty()))
        .isPresent();
  }

  private static String wordsOf(Retry retry) {
    return Stream.concat(
            retry.conditions().stream().map(RetryWords::wordOf),
            retry.statusCodes().stream().map(String::valueOf))
        .collect(Collectors.joining(","));
  }

  private static Optional<Duration> positive(Optional<Duration> duration) {
    return duration.filter(Duration::isPositive);
  }

  private static boolean isShorter(Optional<Duration> one, Optional<Duration> other) {
    return other.isEmpty() || one.orElseThrow().compareTo(other.orElseThrow()) < 0;
  }
}
