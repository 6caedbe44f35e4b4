package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads retries. A rule that says nothing of them has Istio's default. */
final class RetryReader {
  private static final int MOST = 1_000;
  // The words of Envoy that say something else than on which answer: they are no conditions.
  private static final Set<String> WORDLESS =
      Set.of("retriable-headers", "envoy-ratelimited", "http3-post-connect-failure");
  private static final String BY_STATUS = "retriable-status-codes";

  private final SortedSet<RetryCondition> conditions = new TreeSet<>();
  private final SortedSet<Integer> statusCodes = new TreeSet<>();

  private RetryReader() {}

  /** The retries of a rule. */
  static Retry read(TracedFields rule, Sources.Builder sources) {
    return rule.has("retries")
        ? new RetryReader().readRetries(rule.object("retries"), sources)
        : RetryWords.DEFAULT;
  }

  private Retry readRetries(TracedFields retries, Sources.Builder sources) {
    retries.drop(
        "retryRemoteLocalities", "other meshes do not tell near from far when they retry", "");
    retries.drop(
        "retryIgnorePreviousHosts",
        "other meshes choose anew for every try, by their own rule",
        "");
    var attempts = retries.integer("attempts", 0, MOST);
    if (!retries.has("attempts")) {
      retries.warn("attempts", "is missing, so that Istio does not retry at all");
    }
    Sourced.note(retries, "attempts", "retry.attempts", sources);
    if (retries.has("retryOn")) {
      readConditions(retries);
      Sourced.note(retries, "retryOn", "retry.conditions", sources);
      Sourced.note(retries, "retryOn", "retry.statusCodes", sources);
    } else {
      conditions.addAll(RetryWords.DEFAULT.conditions());
      statusCodes.addAll(RetryWords.DEFAULT.statusCodes());
      Sourced.note(retries, "attempts", "retry.conditions", sources);
      Sourced.note(retries, "attempts", "retry.statusCodes", sources);
    }
    Sourced.note(retries, "backoff", "retry.backoff", sources);
    return new Retry(
        attempts.orElse(0),
        conditions,
        statusCodes,
        retries.duration("backoff"),
        Optional.empty(),
        false);
  }

  private void readConditions(TracedFields retries) {
    var unsaid = new ArrayList<String>();
    for (String part : retries.text("retryOn").orElse("").split(",", -1)) {
      var word = part.strip();
      var condition = RetryWords.conditionOf(word);
      if (condition.isPresent()) {
        conditions.add(condition.orElseThrow());
      } else if (word.matches("[4-5][0-9][0-9]")) {
        statusCodes.add(Integer.parseInt(word));
      } else if (WORDLESS.contains(word) || word.matches("[1-3][0-9][0-9]")) {
        unsaid.add(word);
      } else if (!word.isEmpty() && !word.equals(BY_STATUS)) {
        retries.error("retryOn", "'" + word + "' is no condition that Envoy knows");
      }
    }
    if (!unsaid.isEmpty()) {
      retries.approximate(
          "retryOn", "other meshes have no word for " + String.join(", ", unsaid), "");
    }
  }

  /** How long one try may take, which Istio says among the retries. */
  static Optional<Duration> perTry(TracedFields rule, Sources.Builder sources) {
    var retries = rule.object("retries");
    Sourced.note(retries, "perTryTimeout", "timeouts.backendRequest", sources);
    return retries.duration("perTryTimeout");
  }
}
