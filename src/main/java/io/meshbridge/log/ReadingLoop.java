package io.meshbridge.log;

import io.meshbridge.log.FollowedTopic.Asked;
import io.meshbridge.log.FollowedTopic.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One turn after another of the reader of the log; everything in here belongs to its thread. */
final class ReadingLoop {
  /** How long a turn waits for records. */
  static final Duration IDLE = Duration.ofMillis(100);

  // While an answer is awaited on which the next step hangs.
  private static final Duration EAGER = Duration.ofMillis(10);
  private static final long INQUIRY_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Logger LOG = Logger.getLogger(ReadingLoop.class);

  private final TopicListener listener;
  private final Contact contact;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Duration longestAbsence;
  private final Map<String, FollowedTopic> topics = new TreeMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final Map<String, Asked> asked = new HashMap<>();
  // Replaced as a whole: other threads look at it.
  private volatile Set<String> absent = Set.of();
  private volatile Map<String, Progress> progress = Map.of();
  private @Nullable TopicInquiry inquiry;
  private long inquireAt;

  /**
   * How far a topic has been handled.
   *
   * @param position the offset up to which
   * @param lag how many offsets its end is ahead of that; empty while nobody knows
   */
  record Progress(long position, OptionalLong lag) {
    private static Progress of(FollowedTopic topic) {
      return new Progress(topic.position(), topic.lag());
    }
  }

  ReadingLoop(
      TopicListener listener,
      Contact contact,
      Clock clock,
      LongSupplier nanoTime,
      Duration longestAbsence) {
    this.listener = listener;
    this.contact = contact;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.longestAbsence = longestAbsence;
    this.inquireAt = nanoTime.getAsLong();
  }

  /**
   * Does what is to be done now, and waits a little for records.
   *
   * @return whether there was anything to wait for
   */
  boolean turn(Set<String> wanted, Consumer<byte[], byte[]> consumer, Admin admin)
      throws InterruptedException {
    adopt(wanted);
    // Before polling: after a long stop of the process the next record may already be one that
    // makes no sense without the withdrawals that were missed.
    stopWhatWasAwayTooLong();
    inquire(admin);
    align(consumer);
    noteProgress();
    if (consumer.assignment().isEmpty()) {
      return false;
    }
    poll(consumer);
    tellCaughtUp();
    return true;
  }

  /** The followed topics of which the cluster said, when last asked, that they do not exist. */
  Set<String> absent() {
    return absent;
  }

  /** How far a topic has been handled; empty if it is not followed. */
  Optional<Progress> progress(String topic) {
    return Optional.ofNullable(progress.get(topic));
  }

  /** The clients are closed: what is read goes on with the next ones where it is now. */
  void stop() {
    inquiry = null;
    inquireAt = nanoTime.getAsLong();
    topics.values().forEach(FollowedTopic::stop);
  }

  private void adopt(Set<String> wanted) {
    if (topics.keySet().equals(wanted)) {
      return;
    }
    for (String topic : Set.copyOf(topics.keySet())) {
      if (!wanted.contains(topic)) {
        topics.remove(topic);
        refusals.remove(topic);
        drop(topic);
      }
    }
    for (String topic : wanted) {
      topics.computeIfAbsent(topic, added -> new FollowedTopic(longestAbsence));
    }
    // A new topic need not wait for its turn.
    inquiry = null;
    inquireAt = nanoTime.getAsLong();
  }

  private void stopWhatWasAwayTooLong() {
    topics.forEach(
        (name, topic) -> {
          if (topic.wasAwayTooLong(clock.instant())) {
            topic.demandRestart("not read to its end for longer than " + longestAbsence);
          }
        });
  }

  private void inquire(Admin admin) throws InterruptedException {
    long now = nanoTime.getAsLong();
    if (inquiry == null) {
      if (now - inquireAt < 0 || topics.isEmpty()) {
        return;
      }
      asked.clear();
      topics.forEach((name, topic) -> asked.put(name, topic.ask(clock.instant())));
      inquiry = TopicInquiry.ask(admin, topics.keySet());
      inquireAt = now + INQUIRY_INTERVAL_NANOS;
    }
    if (inquiry.isAnswered()) {
      var answers = inquiry.answers();
      inquiry = null;
      hear(answers);
    }
  }

  private void hear(Map<String, TopicState> answers) {
    absent =
        answers.entrySet().stream()
            .filter(answer -> answer.getValue() instanceof TopicState.Absent)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    answers.forEach(
        (name, answer) -> {
          noteRefusal(name, answer);
          var topic = topics.get(name);
          var question = asked.get(name);
          if (topic != null && question != null) {
            carryOut(name, topic, topic.hear(answer, question, clock.instant()));
          }
        });
    if (answers.values().stream().allMatch(TopicState.NotTold.class::isInstance)) {
      contact.failed(answers.values().toString());
    } else {
      contact.answered();
    }
  }

  private void carryOut(String name, FollowedTopic topic, Step step) {
    switch (step) {
      case Step.GoOn() -> {}
      case Step.Wait() -> LOG.infof("topic gone, waiting for it topic=%s", name);
      case Step.Resume() -> LOG.infof("reading on topic=%s offset=%d", name, topic.position());
      case Step.Restart(var reason) -> {
        LOG.infof("reading from the beginning topic=%s reason=%s", name, reason);
        tell(name, topic, () -> listener.restarted(name, reason));
      }
    }
  }

  private void align(Consumer<byte[], byte[]> consumer) {
    var reading =
        topics.entrySet().stream()
            .filter(entry -> entry.getValue().isReading())
            .map(entry -> partition(entry.getKey()))
            .collect(Collectors.toSet());
    if (!consumer.assignment().equals(reading)) {
      // The positions of those that stay assigned are kept.
      consumer.assign(reading);
    }
    for (TopicPartition partition : reading) {
      var topic = topics.get(partition.topic());
      if (topic != null) {
        topic.takeSeek().ifPresent(offset -> consumer.seek(partition, offset));
      }
    }
  }

  private void poll(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(inquiry == null ? IDLE : EAGER);
    } catch (OffsetOutOfRangeException outOfRange) {
      // Also what the client says when it finds the log cut off behind it.
      restart(outOfRange.partitions(), "its position is out of range");
      return;
    } catch (TopicAuthorizationException refused) {
      refuse(refused);
      return;
    }
    for (TopicPartition partition : polled.partitions()) {
      var topic = topics.get(partition.topic());
      if (topic != null && topic.isReading()) {
        var records = polled.records(partition);
        tell(partition.topic(), topic, () -> listener.records(partition.topic(), records));
      }
    }
    // Only now that they have been handled; and from the client, since what a transaction leaves
    // behind has offsets but no records.
    topics.forEach((name, topic) -> notePosition(consumer, name, topic));
  }

  private void noteProgress() {
    progress =
        topics.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Progress.of(e.getValue())));
  }

  private static void notePosition(
      Consumer<byte[], byte[]> consumer, String name, FollowedTopic topic) {
    if (topic.isReading()) {
      try {
        topic.handledUpTo(consumer.position(partition(name), EAGER));
      } catch (TimeoutException notNow) {
        // The leader has changed and the client is still checking its position: the last one that
        // is known holds for another turn.
        LOG.debugf("position not known yet topic=%s", name);
      }
    }
  }

  private void tellCaughtUp() {
    topics.forEach(
        (name, topic) -> {
          if (topic.hasJustCaughtUp()) {
            LOG.infof("caught up topic=%s offset=%d", name, topic.position());
            tell(name, topic, () -> listener.caughtUp(name));
          }
        });
  }

  private void restart(Set<TopicPartition> partitions, String reason) {
    for (TopicPartition partition : partitions) {
      var topic = topics.get(partition.topic());
      if (topic != null) {
        topic.demandRestart(reason);
      }
    }
  }

  private void refuse(TopicAuthorizationException refused) {
    for (String name : refused.unauthorizedTopics()) {
      var reason = KafkaRight.onTopic("Read", name).reasonOf(refused);
      // Whoever was given the one right that was missing may lack another.
      if (!reason.equals(refusals.put(name, reason))) {
        tellRefusal(name, reason);
      }
      var topic = topics.get(name);
      if (topic != null) {
        topic.refused(clock.instant());
      }
    }
  }

  private void noteRefusal(String name, TopicState answer) {
    if (answer instanceof TopicState.NotTold(var reason)) {
      if (refusals.put(name, reason) == null) {
        tellRefusal(name, reason);
      }
    } else if (isRead(name)) {
      // That it may be asked about does not yet mean that it may be read.
      refusals.remove(name);
    }
  }

  private static void tellRefusal(String name, String reason) {
    LOG.warnf("topic cannot be read, trying on topic=%s error=%s", name, reason);
  }

  private boolean isRead(String name) {
    var topic = topics.get(name);
    return topic != null && topic.isReading();
  }

  /**
   * What the listener has not taken in must be told again, and the only place to begin is the
   * beginning: so no record is lost to its fault.
   */
  private void tell(String name, FollowedTopic topic, Runnable news) {
    try {
      news.run();
    } catch (RuntimeException fault) {
      LOG.errorf(fault, "listener failed, reading again from the beginning topic=%s", name);
      topic.fail("the listener failed: " + fault, clock.instant());
    }
  }

  private void drop(String name) {
    LOG.infof("no longer reading topic=%s", name);
    try {
      listener.dropped(name);
    } catch (RuntimeException fault) {
      LOG.errorf(fault, "listener failed on a dropped topic topic=%s", name);
    }
  }

  private static TopicPartition partition(String topic) {
    return new TopicPartition(topic, 0);
  }
}
