package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** When a route tries again, in the fields of its destination. */
final class RetryWriter {
  private static final Map<RetryCondition, String> WORDS = words();
  private static final List<Integer> GATEWAY_ERRORS = List.of(502, 503, 504);
  private static final List<Integer> SERVER_ERRORS = List.of(500, 501, 502, 503, 504);

  private final Retry retry;
  private final String path;
  private final ServerVersion version;
  private final LossBook losses;
  private final List<String> words = new ArrayList<>();
  private final TreeSet<Integer> codes = new TreeSet<>();
  private boolean onConnectFailure;

  private RetryWriter(Retry retry, String path, ServerVersion version, LossBook losses) {
    this.retry = retry;
    this.path = path;
    this.version = version;
    this.losses = losses;
  }

  private static Map<RetryCondition, String> words() {
    var words = new EnumMap<RetryCondition, String>(RetryCondition.class);
    RetryReader.CONDITIONS.forEach((word, condition) -> words.put(condition, word));
    return words;
  }

  /**
   * Writes into a destination.
   *
   * @param rule the path of the rule, for losses
   */
  static void write(
      Optional<Retry> retry,
      String rule,
      ServerVersion version,
      LossBook losses,
      Map<String, Object> destination) {
    retry.ifPresent(
        wanted -> new RetryWriter(wanted, rule + ".retry", version, losses).write(destination));
  }

  private void write(Map<String, Object> destination) {
    retry
        .backoff()
        .ifPresent(b -> drop(".backoff", "the time between two tries is the proxies' own"));
    retry.budget().ifPresent(b -> drop(".budget", "Consul does not bound retries"));
    if (retry.attempts() == 0) {
      // Which is what a route does that says nothing.
      return;
    }
    codes.addAll(retry.statusCodes());
    retry.conditions().forEach(this::addCondition);
    if (words.isEmpty() && codes.isEmpty() && !onConnectFailure) {
      drop("", "there is no condition left that Consul could be told; it never tries again");
      return;
    }
    destination.put("NumRetries", retry.attempts());
    if (onConnectFailure) {
      destination.put("RetryOnConnectFailure", true);
    }
    if (!words.isEmpty()) {
      destination.put("RetryOn", List.copyOf(words));
    }
    if (!codes.isEmpty()) {
      destination.put("RetryOnStatusCodes", List.copyOf(codes));
    }
  }

  private void addCondition(RetryCondition condition) {
    if (condition == RetryCondition.CONNECT_FAILURE) {
      onConnectFailure = true;
      return;
    }
    var word = WORDS.get(condition);
    if (word == null) {
      drop(".conditions", "Consul does not tell whether the request was sent already");
    } else if (version.has(Feature.RETRY_ON)) {
      words.add(word);
    } else {
      addByCodes(condition);
    }
  }

  /** An old server knows statuses alone. */
  private void addByCodes(RetryCondition condition) {
    switch (condition) {
      case GATEWAY_ERROR -> codes.addAll(GATEWAY_ERRORS);
      case SERVER_ERROR -> {
        codes.addAll(SERVER_ERRORS);
        if (!retry.implied()) {
          losses.approximate(
              path + ".conditions", "statuses stand for server errors; a lost connection is none");
        }
      }
      default -> {
        if (!retry.implied()) {
          losses.drop(path + ".conditions", Feature.RETRY_ON);
        }
      }
    }
  }

  /** What its owner never said is not lost. */
  private void drop(String field, String reason) {
    if (!retry.implied()) {
      losses.drop(path + field, reason);
    }
  }
}
