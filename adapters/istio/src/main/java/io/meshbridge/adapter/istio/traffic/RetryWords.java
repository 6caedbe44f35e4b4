package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Envoy's words for the conditions of a retry, both ways. */
final class RetryWords {
  /**
   * What Istio does where nobody says anything (istiod's {@code retry.DefaultPolicy}). Before 1.24
   * it also tried again after a 503. No other mesh is told so: the service may have acted on the
   * request before it answered.
   */
  static final Retry DEFAULT =
      new Retry(
          2,
          new TreeSet<>(
              List.of(
                  RetryCondition.CONNECT_FAILURE,
                  RetryCondition.REFUSED_STREAM,
                  RetryCondition.GRPC_UNAVAILABLE,
                  RetryCondition.GRPC_CANCELLED)),
          new TreeSet<>(),
          Optional.empty(),
          Optional.empty(),
          true);

  private static final Map<RetryCondition, String> WORDS =
      Map.ofEntries(
          Map.entry(RetryCondition.SERVER_ERROR, "5xx"),
          Map.entry(RetryCondition.GATEWAY_ERROR, "gateway-error"),
          Map.entry(RetryCondition.CONNECT_FAILURE, "connect-failure"),
          Map.entry(RetryCondition.RESET, "reset"),
          Map.entry(RetryCondition.RESET_BEFORE_REQUEST, "reset-before-request"),
          Map.entry(RetryCondition.REFUSED_STREAM, "refused-stream"),
          Map.entry(RetryCondition.RETRIABLE_4XX, "retriable-4xx"),
          Map.entry(RetryCondition.GRPC_CANCELLED, "cancelled"),
          Map.entry(RetryCondition.GRPC_DEADLINE_EXCEEDED, "deadline-exceeded"),
          Map.entry(RetryCondition.GRPC_INTERNAL, "internal"),
          Map.entry(RetryCondition.GRPC_RESOURCE_EXHAUSTED, "resource-exhausted"),
          Map.entry(RetryCondition.GRPC_UNAVAILABLE, "unavailable"));
  private static final Map<String, RetryCondition> CONDITIONS =
      WORDS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Entry::getValue, Entry::getKey));

  private RetryWords() {}

  static Optional<RetryCondition> conditionOf(String word) {
    return Optional.ofNullable(CONDITIONS.get(word));
  }

  static String wordOf(RetryCondition condition) {
    return WORDS.getOrDefault(condition, "");
  }
}
