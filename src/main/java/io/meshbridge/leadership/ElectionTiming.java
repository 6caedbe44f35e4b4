package io.meshbridge.leadership;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * The times of an election, which only make sense together. From the group's last word the broker
 * waits {@link #SESSION} before it elects another. The word reaches us up to {@link #ANSWER} after
 * it was given, and from then the lease holds for {@link #LEASE}: half a second less in all, which
 * is for a write that was on its way when the lease was checked.
 */
final class ElectionTiming {
  /** The least that brokers accept unless told otherwise. */
  static final Duration SESSION = Duration.ofMillis(6_000);

  static final Duration LEASE = Duration.ofMillis(4_000);
  static final Duration ANSWER = Duration.ofMillis(1_500);
  static final Duration HEARTBEAT = Duration.ofMillis(1_500);
  static final Duration LONGEST_PAUSE_OF_POLLING = Duration.ofMillis(8_000);
  static final Duration TURN = Duration.ofMillis(150);

  private ElectionTiming() {}

  static Map<String, Object> settings(Map<String, Object> kafkaConfig, String group) {
    var settings = new HashMap<>(kafkaConfig);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    // The newer protocol takes its times from the broker, whose least is 45 seconds.
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION));
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(HEARTBEAT));
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(LONGEST_PAUSE_OF_POLLING));
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(ANSWER));
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(SESSION));
    // So that a topic created after us is found soon.
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 3_000);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Nothing is read, but a partition without a position would be an error.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return settings;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
