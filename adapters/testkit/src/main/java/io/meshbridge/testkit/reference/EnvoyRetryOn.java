package io.meshbridge.testkit.reference;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What Envoy's words for retries stand for (its {@code x-envoy-retry-on} reference). */
final class EnvoyRetryOn {
  private EnvoyRetryOn() {}

  static Retries of(
      int attempts, Collection<String> words, Collection<Integer> listed, boolean isDefault) {
    var statuses = new TreeSet<Integer>();
    var codes = new TreeSet<String>();
    var connection = new TreeSet<String>();
    for (String word : words) {
      switch (word) {
        case "5xx" -> addRange(statuses, 500, 599);
        case "gateway-error" -> addRange(statuses, 502, 504);
        case "retriable-4xx" -> statuses.add(409);
        case "retriable-status-codes" -> statuses.addAll(listed);
        case "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable" ->
            codes.add(word);
        default -> connection.add(word);
      }
    }
    return new Retries(attempts, statuses, codes, connection, isDefault);
  }

  static void addRange(SortedSet<Integer> statuses, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(statuses::add);
  }
}
