package io.meshbridge.log;

import io.meshbridge.concurrent.Threads;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is put, through a channel, until it stands in the log: a failed record is tried again
 * unless a newer one has replaced it. Whoever puts is never held up by it.
 */
final class ChannelSender {
  private static final Logger LOG = Logger.getLogger(ChannelSender.class);
  private static final int WAITING = 10_000;
  // Well below the 128 that an emitter buffers: one that overflows refuses from then on.
  private static final int IN_FLIGHT = 64;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final String channel;
  private final Supplier<Emitter<byte[]>> emitters;
  private final LatestPerKey<Address, Letter> waiting;
  private boolean outageTold;

  private record Address(String topic, String key) {}

  private record Letter(OutgoingRecord record, String source) {}

  /**
   * @param failure empty if the record stands
   */
  private record Outcome(Address address, Letter letter, String failure) {}

  ChannelSender(String channel, Supplier<Emitter<byte[]>> emitters) {
    this.channel = channel;
    this.emitters = emitters;
    this.waiting = new LatestPerKey<>(channel, WAITING);
  }

  /** From any thread; neither blocks nor throws. */
  void put(String topic, String source, OutgoingRecord record) {
    waiting.put(new Address(topic, record.key()), new Letter(record, source));
  }

  /** Sends until interrupted. */
  void run() throws InterruptedException {
    var emitter = emitters.get();
    while (true) {
      var batch = waiting.take(IN_FLIGHT);
      var outcomes = new ArrayBlockingQueue<Outcome>(batch.size());
      batch.forEach(entry -> send(emitter, entry.getKey(), entry.getValue(), outcomes));
      boolean allStand = true;
      for (int awaited = batch.size(); awaited > 0; awaited--) {
        allStand &= settle(outcomes.take());
      }
      if (!allStand) {
        Threads.pause(RETRY);
      }
    }
  }

  private static void send(
      Emitter<byte[]> emitter, Address address, Letter letter, BlockingQueue<Outcome> outcomes) {
    try {
      emitter.send(
          Message.of(
              value(letter.record()),
              Metadata.of(metadata(address, letter)),
              () -> settled(outcomes, new Outcome(address, letter, "")),
              failure -> settled(outcomes, failed(address, letter, failure))));
    } catch (IllegalStateException refused) {
      // The channel is not up (yet), or it overflowed.
      outcomes.add(new Outcome(address, letter, refused.toString()));
    }
  }

  private static Outcome failed(Address address, Letter letter, Throwable failure) {
    var needed = KafkaRight.onTopic("Write", address.topic());
    return new Outcome(address, letter, needed.reasonOf(failure));
  }

  /** Whether the record stands; what does not is tried again. */
  private boolean settle(Outcome outcome) {
    if (outcome.failure().isEmpty()) {
      outageTold = false;
      return true;
    }
    waiting.putBack(outcome.address(), outcome.letter());
    if (!outageTold) {
      outageTold = true;
      LOG.warnf(
          "channel does not deliver, trying on channel=%s error=%s", channel, outcome.failure());
    }
    return false;
  }

  private static CompletionStage<Void> settled(BlockingQueue<Outcome> outcomes, Outcome outcome) {
    // There is room for one per record; a second word on the same one would find none, and is none.
    outcomes.offer(outcome);
    return CompletableFuture.completedFuture(null);
  }

  private static byte @Nullable [] value(OutgoingRecord record) {
    return record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
  }

  private static OutgoingKafkaRecordMetadata<byte[]> metadata(Address address, Letter letter) {
    return OutgoingKafkaRecordMetadata.<byte[]>builder()
        .withTopic(address.topic())
        .withKey(address.key().getBytes(StandardCharsets.UTF_8))
        .withHeaders(new RecordHeaders(EventHeaders.of(letter.record(), letter.source())))
        .build();
  }
}
