package io.meshbridge.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * One question to the cluster about all followed topics: do you exist, which one are you, where do
 * you begin and end. It is asked without waiting, so that a silent broker does not hold up the
 * records of the others.
 */
final class TopicInquiry {
  private static final int PATIENCE_MS = 5_000;

  private final Admin admin;
  private final Map<String, KafkaFuture<TopicDescription>> descriptions;
  private final Map<String, Bounds> bounds = new HashMap<>();
  private final Map<String, TopicState> answers = new HashMap<>();

  private record Bounds(
      Uuid id, Future<ListOffsetsResultInfo> start, Future<ListOffsetsResultInfo> end) {
    boolean areKnown() {
      return start.isDone() && end.isDone();
    }
  }

  private TopicInquiry(Admin admin, Map<String, KafkaFuture<TopicDescription>> descriptions) {
    this.admin = admin;
    this.descriptions = new HashMap<>(descriptions);
  }

  static TopicInquiry ask(Admin admin, Collection<String> topics) {
    var options = new DescribeTopicsOptions().timeoutMs(PATIENCE_MS);
    return new TopicInquiry(admin, admin.describeTopics(topics, options).topicNameValues());
  }

  /** Takes in what has been answered, asks what follows from it, and says whether that was all. */
  boolean isAnswered() throws InterruptedException {
    for (var description : Map.copyOf(descriptions).entrySet()) {
      if (description.getValue().isDone()) {
        takeDescription(description.getKey(), description.getValue());
        descriptions.remove(description.getKey());
      }
    }
    for (var bound : Map.copyOf(bounds).entrySet()) {
      if (bound.getValue().areKnown()) {
        takeBounds(bound.getKey(), bound.getValue());
        bounds.remove(bound.getKey());
      }
    }
    return descriptions.isEmpty() && bounds.isEmpty();
  }

  /** Per topic, once all is answered. */
  Map<String, TopicState> answers() {
    return Map.copyOf(answers);
  }

  private void takeDescription(String topic, KafkaFuture<TopicDescription> description)
      throws InterruptedException {
    try {
      // Where a topic ends is asked only of one that exists: of others the client asks again and
      // again until its patience ends, since it takes them for not known yet.
      // And only after its id: bounds of an older topic under a newer id would pass unnoticed,
      // newer bounds under an older id are found out by the next inquiry.
      bounds.put(topic, askBounds(topic, description.get().topicId()));
    } catch (ExecutionException failed) {
      answers.put(topic, withoutAnswer(topic, failed));
    }
  }

  private void takeBounds(String topic, Bounds known) throws InterruptedException {
    try {
      answers.put(
          topic,
          new TopicState.Present(
              known.id(), known.start().get().offset(), known.end().get().offset()));
    } catch (ExecutionException failed) {
      answers.put(topic, withoutAnswer(topic, failed));
    }
  }

  private Bounds askBounds(String topic, Uuid id) {
    var partition = new TopicPartition(topic, 0);
    // For readers of committed records a topic ends before its first open transaction.
    var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(PATIENCE_MS);
    return new Bounds(
        id,
        admin
            .listOffsets(Map.of(partition, OffsetSpec.earliest()), committed)
            .partitionResult(partition),
        admin
            .listOffsets(Map.of(partition, OffsetSpec.latest()), committed)
            .partitionResult(partition));
  }

  private static TopicState withoutAnswer(String topic, ExecutionException failed) {
    return failed.getCause() instanceof UnknownTopicOrPartitionException
        ? new TopicState.Absent()
        : new TopicState.NotTold(KafkaRight.onTopic("Describe", topic).reasonOf(failed));
  }
}
