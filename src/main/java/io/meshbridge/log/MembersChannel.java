package io.meshbridge.log;

import io.meshbridge.concurrent.Threads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The channel by which the federation's members come in. */
@ApplicationScoped
class MembersChannel {
  private static final Logger LOG = Logger.getLogger(MembersChannel.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FederationTopics topics;
  private final boolean enabled;
  private final Map<String, Object> kafka;
  private final DeadLetterSink deadLetters;
  private final MemberCodec codec = new MemberCodec();
  private final MembersView view = new MembersView();
  private final DeadLetterGate gate = new DeadLetterGate(System::nanoTime);
  private @Nullable Thread completing;
  private boolean troubleTold;

  MembersChannel(
      @ConfigProperty(name = "meshbridge.federation", defaultValue = FederationTopics.UNNAMED)
          String federation,
      @ConfigProperty(name = "meshbridge.messaging.enabled", defaultValue = "true") boolean enabled,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      DeadLetterSink deadLetters) {
    this.topics = new FederationTopics(federation);
    this.enabled = enabled;
    this.kafka = kafka;
    this.deadLetters = deadLetters;
  }

  @Produces
  MembersView membersView() {
    return view;
  }

  /** One record at a time, in the topic's order; never throws, whatever it holds. */
  @Incoming("members")
  void take(ConsumerRecord<byte[], byte[]> record) {
    var decoded = codec.decode(record);
    switch (decoded) {
      case MemberCodec.Decoded.Known(var member) ->
          LOG.infof("member told mesh=%s state=%s", member.id(), member.state());
      case MemberCodec.Decoded.Gone(var mesh) -> LOG.infof("member gone mesh=%s", mesh);
      case MemberCodec.Decoded.NotUnderstood(var mesh, var reason) ->
          LOG.warnf("member not understood, what stands stays mesh=%s reason=%s", mesh, reason);
      case MemberCodec.Decoded.Poison(var reason) -> bury(record, reason);
    }
    view.handled(record.offset(), decoded);
  }

  void start(@Observes StartupEvent event) {
    if (enabled) {
      completing = Thread.ofVirtual().name("members-complete").start(this::complete);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (completing != null) {
      completing.interrupt();
    }
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    var hash = LogDigest.hashOf(value);
    if (gate.admits(record.topic(), record.offset(), hash)) {
      deadLetters.accept(DeadLetter.of(record.topic(), record.offset(), reason, hash, value));
    }
  }

  /**
   * Finds out which record must have been taken in for the view to be complete. By reading the
   * small topic once more: neither an end offset nor a position says it, since the last offsets may
   * hold no record, and what the channel has fetched it has not yet handed over.
   */
  private void complete() {
    try {
      while (!view.complete()) {
        findLast();
        // Again, since compaction may have taken away what was last; until the channel is there.
        Threads.pause(RETRY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void findLast() throws InterruptedException {
    try {
      var records = CompactedTopic.read(new KafkaClients(kafka), topics.members());
      view.mustReach(records.isEmpty() ? -1 : records.getLast().offset());
      troubleTold = false;
    } catch (LogUnavailableException notNow) {
      if (!troubleTold) {
        troubleTold = true;
        LOG.warnf("members cannot be read, trying on error=%s", notNow.getMessage());
      }
    }
  }
}
