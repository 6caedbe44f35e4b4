package io.meshbridge.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;

/** What the topics of a federation are created with, and what an existing one must have. */
final class TopicSettings {
  /**
   * How long a tombstone is kept. A reader that was away for half as long reads anew, so that it
   * never misses one.
   */
  static final Duration TOMBSTONE_RETENTION = Duration.ofDays(7);

  private TopicSettings() {}

  /** For a new topic on a cluster with this many copies. */
  static Map<String, String> forNew(int replicas) {
    var settings = new TreeMap<String, String>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    settings.put(
        TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONE_RETENTION.toMillis()));
    settings.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LogLimits.MAX_RECORD_BYTES));
    // Only closed segments are compacted, and replay time grows with what is not: heartbeats alone
    // would make a day's worth.
    settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(6).toMillis()));
    settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20));
    settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
    settings.put(
        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(Duration.ofDays(1).toMillis()));
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    if (replicas >= 3) {
      settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return settings;
  }

  /**
   * What is wrong with an existing topic.
   *
   * @param settings the value of a setting by its name
   */
  static List<TopicSettingsException.Fault> faults(
      String topic, int partitions, Function<String, String> settings, String addresses) {
    var faults = new ArrayList<TopicSettingsException.Fault>();
    if (partitions != 1) {
      faults.add(
          new TopicSettingsException.Fault(
              topic,
              "partitions",
              Integer.toString(partitions),
              "1",
              "delete the topic, and it is created anew"));
    }
    var policy = settings.apply(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      faults.add(
          setting(
              topic,
              TopicConfig.CLEANUP_POLICY_CONFIG,
              policy,
              "",
              TopicConfig.CLEANUP_POLICY_COMPACT,
              addresses));
    }
    requireAtLeast(
        faults,
        topic,
        TopicConfig.DELETE_RETENTION_MS_CONFIG,
        settings,
        TOMBSTONE_RETENTION.toMillis(),
        addresses);
    requireAtLeast(
        faults,
        topic,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        settings,
        LogLimits.MAX_RECORD_BYTES,
        addresses);
    return faults;
  }

  private static void requireAtLeast(
      List<TopicSettingsException.Fault> faults,
      String topic,
      String setting,
      Function<String, String> settings,
      long least,
      String addresses) {
    var value = settings.apply(setting);
    if (Long.parseLong(value) < least) {
      faults.add(setting(topic, setting, value, "at least ", Long.toString(least), addresses));
    }
  }

  private static TopicSettingsException.Fault setting(
      String topic, String setting, String value, String relation, String right, String addresses) {
    return new TopicSettingsException.Fault(
        topic,
        setting,
        value,
        relation + right,
        "mend it with: kafka-configs.sh --bootstrap-server %s --alter --topic %s --add-config %s=%s"
            .formatted(addresses, topic, setting, right));
  }
}
