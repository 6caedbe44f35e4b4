package io.meshbridge.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Keeps a live inventory of a federation from its topics, and prints it whenever it changes. How
 * the topics are to be read is in docs/events.md.
 */
public final class LiveInventory implements AutoCloseable {
  private static final Duration NEW_TOPICS = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(15);
  // Half of the seven days for which tombstones are kept: after longer, one may have been missed.
  private static final Duration LONGEST_ABSENCE = Duration.ofHours(84);

  private final Pattern topics;
  private final PolicyWords policyWords;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, TopicFold> folds =
      new TreeMap<>((one, other) -> one.topic().compareTo(other.topic()));
  private final Set<TopicPartition> behind = new HashSet<>();
  private Map<TopicPartition, Long> ends = new HashMap<>();

  private LiveInventory(Properties client, String federation, PolicyWords policyWords) {
    this.policyWords = policyWords;
    this.topics =
        Pattern.compile(
            "meshbridge\\.%s\\.(?:(members)|(mesh|status)\\.([a-z0-9-]+))"
                .formatted(Pattern.quote(federation)));
    this.consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** {@code <bootstrap servers> <federation> <export.schema.json> [<properties>] [--once]}. */
  public static void main(String[] arguments) throws IOException {
    var words = List.of(arguments).stream().filter(word -> !word.equals("--once")).toList();
    if (words.size() < 3) {
      System.err.println(
          "usage: LiveInventory <bootstrap servers> <federation> <export.schema.json>"
              + " [<properties>] [--once]");
      System.exit(2);
    }
    var client = new Properties();
    if (words.size() > 3) {
      try (Reader file = Files.newBufferedReader(Path.of(words.get(3)))) {
        client.load(file);
      }
    }
    client.put("bootstrap.servers", words.get(0));
    client.put("isolation.level", "read_committed");
    client.put("enable.auto.commit", "false");
    client.put("auto.offset.reset", "none");
    var schema = new ObjectMapper().readTree(Path.of(words.get(2)).toFile());
    try (var inventory = new LiveInventory(client, words.get(1), new PolicyWords(schema))) {
      inventory.follow(words.size() < arguments.length);
    }
  }

  private void follow(boolean once) {
    Optional<JsonNode> shown = Optional.empty();
    var looked = Instant.EPOCH;
    var polled = Instant.now();
    while (true) {
      if (looked.plus(NEW_TOPICS).isBefore(Instant.now())) {
        findTopics();
        looked = Instant.now();
      }
      if (polled.plus(LONGEST_ABSENCE).isBefore(Instant.now())) {
        beginAgain(Set.copyOf(folds.keySet()));
      }
      poll();
      polled = Instant.now();
      if (folds.isEmpty() || isBehind()) {
        continue; // what was folded so far is incomplete
      }
      var view = Inventory.of(folds.values(), Instant.now().minus(SILENCE));
      if (!shown.equals(Optional.of(view))) {
        System.out.println(view);
        shown = Optional.of(view);
      }
      if (once) {
        return;
      }
    }
  }

  private void findTopics() {
    var found = new HashSet<TopicPartition>();
    for (String topic : consumer.listTopics().keySet()) {
      var partition = new TopicPartition(topic, 0);
      if (topics.matcher(topic).matches() && !folds.containsKey(partition)) {
        found.add(partition);
      }
    }
    if (!found.isEmpty()) {
      var all = new HashSet<>(folds.keySet());
      all.addAll(found);
      consumer.assign(all); // keeps the positions of those that are read already
      beginAgain(found);
    }
  }

  /** Into empty folds: what was folded before may lack a withdrawal. */
  private void beginAgain(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      folds.put(partition, foldOf(partition.topic()));
    }
    consumer.seekToBeginning(partitions);
    behind.addAll(partitions);
    ends = new HashMap<>(consumer.endOffsets(behind));
  }

  private TopicFold foldOf(String topic) {
    var name = topics.matcher(topic);
    if (!name.matches()) {
      throw new IllegalStateException("not a topic of the federation: " + topic);
    }
    return name.group(1) == null
        ? new TopicFold(name.group(2), name.group(3), policyWords)
        : new TopicFold(name.group(1), "", policyWords);
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        var fold = folds.get(new TopicPartition(record.topic(), record.partition()));
        if (fold != null) {
          fold.take(record);
        }
      }
    } catch (OffsetOutOfRangeException truncated) {
      beginAgain(Set.copyOf(truncated.partitions()));
    }
  }

  /** By the position: transactions and compaction leave offsets that hold no record. */
  private boolean isBehind() {
    behind.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    return !behind.isEmpty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
