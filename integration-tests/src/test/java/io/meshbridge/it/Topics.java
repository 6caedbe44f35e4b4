package io.meshbridge.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an operator does to topics. */
final class Topics {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Topics() {}

  /** Deletes a topic; it is made again with the same settings, unless a bridge is faster. */
  static void recreateEmpty(Admin admin, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    var settings =
        admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
            .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    var former = idOf(admin, name);
    admin.deleteTopics(List.of(name)).all().get();
    await("topic " + name + " made again")
        .atMost(LIMIT)
        .until(
            () -> {
              tryToCreate(admin, name, settings);
              return !List.of(former, Uuid.ZERO_UUID).contains(idOf(admin, name));
            });
  }

  /** Makes a topic of one partition. */
  static void create(Admin admin, String name, Map<String, String> settings) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings))).all().get();
  }

  /**
   * Deletes the older records of a compacted topic, which takes another policy for a moment.
   *
   * @param percent of the offsets that there are, 1 to 100
   */
  static void deleteOlder(Admin admin, String name, int percent) throws Exception {
    var partition = new TopicPartition(name, 0);
    long end =
        admin
            .listOffsets(Map.of(partition, OffsetSpec.latest()))
            .partitionResult(partition)
            .get()
            .offset();
    setPolicy(admin, name, "compact,delete");
    await("older records of " + name + " deleted")
        .atMost(LIMIT)
        .ignoreExceptionsMatching(failed -> failed.getCause() instanceof PolicyViolationException)
        .until(
            () ->
                admin
                        .deleteRecords(
                            Map.of(partition, RecordsToDelete.beforeOffset(end * percent / 100)))
                        .lowWatermarks()
                        .get(partition)
                        .get()
                        .lowWatermark()
                    > 0);
    setPolicy(admin, name, "compact");
  }

  private static void setPolicy(Admin admin, String name, String policy) throws Exception {
    var change =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), List.of(change)))
        .all()
        .get();
  }

  private static void tryToCreate(Admin admin, String name, Map<String, String> settings)
      throws Exception {
    try {
      create(admin, name, settings);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failed;
      }
    }
  }

  private static Uuid idOf(Admin admin, String name) throws Exception {
    try {
      return admin.describeTopics(List.of(name)).allTopicNames().get().get(name).topicId();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return Uuid.ZERO_UUID;
      }
      throw failed;
    }
  }
}
