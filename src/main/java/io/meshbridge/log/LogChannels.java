package io.meshbridge.log;

import io.meshbridge.model.MeshId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** The channels by which status and dead letters leave the process. */
@ApplicationScoped
class LogChannels {
  private static final String STATUS = "status";
  private static final String DEAD_LETTERS = "dead-letters";

  private final FederationTopics topics;
  private final boolean enabled;
  private final ChannelSender status;
  private final ChannelSender deadLetters;
  private final Clock clock = Clock.systemUTC();
  private final List<Thread> senders = new ArrayList<>();

  LogChannels(
      @ConfigProperty(name = "meshbridge.federation", defaultValue = FederationTopics.UNNAMED)
          String federation,
      @ConfigProperty(name = "meshbridge.messaging.enabled", defaultValue = "true") boolean enabled,
      @Channel(STATUS) Instance<Emitter<byte[]>> status,
      @Channel(DEAD_LETTERS) Instance<Emitter<byte[]>> deadLetters) {
    this.topics = new FederationTopics(federation);
    this.enabled = enabled;
    // Looked up when sending begins: of a channel that is switched off there is no emitter, and
    // asking for it would keep the process from starting.
    this.status = new ChannelSender(STATUS, status::get);
    this.deadLetters = new ChannelSender(DEAD_LETTERS, deadLetters::get);
  }

  @Produces
  @ApplicationScoped
  StatusSink statusSink() {
    return this::sendStatus;
  }

  @Produces
  @ApplicationScoped
  DeadLetterSink deadLetterSink() {
    return this::sendDeadLetter;
  }

  void start(@Observes StartupEvent event) {
    if (enabled) {
      senders.add(start(status, STATUS));
      senders.add(start(deadLetters, DEAD_LETTERS));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    senders.forEach(Thread::interrupt);
  }

  private void sendStatus(MeshId target, String key, String json) {
    if (enabled) {
      status.put(
          topics.status(target),
          topics.source(target),
          new OutgoingRecord(key, EventType.STATUS.text(), json, clock.instant()));
    }
  }

  private void sendDeadLetter(DeadLetter letter) {
    if (enabled) {
      deadLetters.put(
          topics.deadLetters(),
          "meshbridge/" + topics.federation(),
          new OutgoingRecord(
              letter.key(), EventType.DEAD_LETTER.text(), letter.json(), clock.instant()));
    }
  }

  private static Thread start(ChannelSender sender, String channel) {
    return Thread.ofVirtual()
        .name("channel-" + channel)
        .start(
            () -> {
              try {
                sender.run();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
