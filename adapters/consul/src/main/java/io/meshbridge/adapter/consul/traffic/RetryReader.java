package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads when a route tries again. */
final class RetryReader {
  /** Envoy's words, which are Consul's (agent/structs, isValidRetryCondition). */
  static final Map<String, RetryCondition> CONDITIONS = conditions();

  /** Envoy's, if there are conditions and no number. */
  private static final int DEFAULT_ATTEMPTS = 1;

  private static final int MOST_ATTEMPTS = 1_000_000;

  private RetryReader() {}

  private static Map<String, RetryCondition> conditions() {
    var words = new HashMap<String, RetryCondition>();
    words.put("5xx", RetryCondition.SERVER_ERROR);
    words.put("gateway-error", RetryCondition.GATEWAY_ERROR);
    words.put("reset", RetryCondition.RESET);
    words.put("connect-failure", RetryCondition.CONNECT_FAILURE);
    words.put("retriable-4xx", RetryCondition.RETRIABLE_4XX);
    words.put("refused-stream", RetryCondition.REFUSED_STREAM);
    words.put("cancelled", RetryCondition.GRPC_CANCELLED);
    words.put("deadline-exceeded", RetryCondition.GRPC_DEADLINE_EXCEEDED);
    words.put("internal", RetryCondition.GRPC_INTERNAL);
    words.put("resource-exhausted", RetryCondition.GRPC_RESOURCE_EXHAUSTED);
    words.put("unavailable", RetryCondition.GRPC_UNAVAILABLE);
    return Map.copyOf(words);
  }

  static Retry read(TracedFields destination, Sources.Builder sources) {
    var conditions = readConditions(destination, sources);
    var codes = readCodes(destination, sources);
    var attempts = destination.integer("NumRetries", 0, MOST_ATTEMPTS);
    if (conditions.isEmpty() && codes.isEmpty()) {
      // Without a condition the proxy never tries again, whatever the number says.
      destination.drop(
          "NumRetries",
          "without a condition Consul's proxies never try again",
          "name conditions in RetryOn or RetryOnStatusCodes");
      return Retry.NEVER;
    }
    attempts.ifPresent(number -> sources.add("retry.attempts", destination.ref("NumRetries")));
    // Zero says as little as nothing.
    int number = attempts.orElse(0) == 0 ? DEFAULT_ATTEMPTS : attempts.getAsInt();
    return new Retry(number, conditions, codes, Optional.empty(), Optional.empty(), false);
  }

  private static SortedSet<RetryCondition> readConditions(
      TracedFields destination, Sources.Builder sources) {
    var found = new TreeSet<>(EnumSet.noneOf(RetryCondition.class));
    var words = destination.texts("RetryOn");
    for (int i = 0; i < words.size(); i++) {
      var field = destination.pathOf("RetryOn") + "[" + i + "]";
      var condition = CONDITIONS.get(words.get(i));
      if (condition != null) {
        found.add(condition);
        sources.add("retry.conditions", destination.trace().ref(field));
      } else if (words.get(i).equals("envoy-ratelimited")) {
        destination
            .trace()
            .lose(field, Outcome.DROPPED, "only Envoy's own rate limit answers so", "");
      } else {
        destination.trace().error(field, "'" + words.get(i) + "' is no condition for trying again");
      }
    }
    if (destination.flag("RetryOnConnectFailure").orElse(false)) {
      found.add(RetryCondition.CONNECT_FAILURE);
      sources.add("retry.conditions", destination.ref("RetryOnConnectFailure"));
    }
    return found;
  }

  private static SortedSet<Integer> readCodes(TracedFields destination, Sources.Builder sources) {
    var found = new TreeSet<Integer>();
    var words = destination.texts("RetryOnStatusCodes");
    for (int i = 0; i < words.size(); i++) {
      var field = destination.pathOf("RetryOnStatusCodes") + "[" + i + "]";
      if (!words.get(i).matches("[1-5]\\d\\d")) {
        destination.trace().error(field, "must be an HTTP status, but is '" + words.get(i) + "'");
      } else if (words.get(i).compareTo("400") < 0) {
        destination
            .trace()
            .lose(field, Outcome.DROPPED, "only statuses from 400 on are failures elsewhere", "");
      } else {
        found.add(Integer.parseInt(words.get(i)));
        sources.add("retry.statusCodes", destination.trace().ref(field));
      }
    }
    return found;
  }
}
