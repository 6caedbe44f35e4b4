package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.RetryCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Linkerd's words for the answers after which it tries again ({@code parse_http_retry}). */
final class RetryWords {
  private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
  private static final int FIRST = 400;
  private static final Map<String, RetryCondition> GRPC =
      new TreeMap<>(
          Map.of(
              "cancelled", RetryCondition.GRPC_CANCELLED,
              "deadline-exceeded", RetryCondition.GRPC_DEADLINE_EXCEEDED,
              "internal", RetryCondition.GRPC_INTERNAL,
              "resource-exhausted", RetryCondition.GRPC_RESOURCE_EXHAUSTED,
              "unavailable", RetryCondition.GRPC_UNAVAILABLE));

  private RetryWords() {}

  /**
   * What some words mean.
   *
   * @param unsaid statuses that no other mesh tries again after
   */
  record Meaning(Set<RetryCondition> conditions, SortedSet<Integer> codes, boolean unsaid) {}

  /** What words of {@code retry.linkerd.io/http} mean; empty if one is unknown. */
  static Optional<Meaning> http(String words) {
    var conditions = new TreeSet<RetryCondition>();
    var codes = new TreeSet<Integer>();
    boolean unsaid = false;
    for (String word : words.split(",", -1)) {
      var range = RANGE.matcher(word);
      if (word.equalsIgnoreCase("5xx") || word.equals("500-599")) {
        conditions.add(RetryCondition.SERVER_ERROR);
      } else if (word.equalsIgnoreCase("gateway-error") || word.equals("502-504")) {
        conditions.add(RetryCondition.GATEWAY_ERROR);
      } else if (range.matches()) {
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        if (from > to) {
          return Optional.empty();
        }
        unsaid |= from < FIRST;
        IntStream.rangeClosed(Math.max(from, FIRST), to).forEach(codes::add);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Meaning(conditions, codes, unsaid));
  }

  /** What words of {@code retry.linkerd.io/grpc} mean; empty if one is unknown. */
  static Optional<Meaning> grpc(String words) {
    var conditions = new TreeSet<RetryCondition>();
    for (String word : words.split(",", -1)) {
      var condition = Optional.ofNullable(GRPC.get(word.toLowerCase(Locale.ROOT)));
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      conditions.add(condition.orElseThrow());
    }
    return Optional.of(new Meaning(conditions, new TreeSet<>(), false));
  }

  /** The words for these answers, neighbouring statuses as ranges. */
  static List<String> http(Set<RetryCondition> conditions, SortedSet<Integer> codes) {
    var words = new ArrayList<String>();
    if (conditions.contains(RetryCondition.SERVER_ERROR)) {
      words.add("5xx");
    }
    if (conditions.contains(RetryCondition.GATEWAY_ERROR)) {
      words.add("gateway-error");
    }
    int from = -1;
    for (int code : codes) {
      if (!codes.contains(code - 1)) {
        from = code;
      }
      if (!codes.contains(code + 1)) {
        words.add(from == code ? String.valueOf(code) : from + "-" + code);
      }
    }
    return words;
  }

  /** The words for these failures of gRPC. */
  static List<String> grpc(Set<RetryCondition> conditions) {
    return GRPC.entrySet().stream()
        .filter(entry -> conditions.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
