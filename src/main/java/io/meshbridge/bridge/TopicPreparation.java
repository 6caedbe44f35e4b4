package io.meshbridge.bridge;

import io.meshbridge.concurrent.Threads;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.log.FederationTopics;
import io.meshbridge.log.KafkaClients;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.TopicKeeper;
import io.meshbridge.log.TopicSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/** Sees to it that the topics exist, with the right settings, before anybody writes to them. */
final class TopicPreparation {
  private static final Logger LOG = Logger.getLogger(TopicPreparation.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final BridgeConfig config;
  private final FederationTopics topics;
  private final KafkaClients clients;

  TopicPreparation(BridgeConfig config, FederationTopics topics, KafkaClients clients) {
    this.config = config;
    this.topics = topics;
    this.clients = clients;
  }

  /**
   * Tries until it is so. A cluster out of reach and topics with wrong settings are both something
   * that somebody mends while we wait; each is told once a try, with what to do.
   */
  void ensureAll() throws InterruptedException {
    var names =
        new ArrayList<>(
            List.of(topics.members(), topics.orders(), topics.trail(), topics.deadLetters()));
    for (MeshConfig mesh : config.meshes()) {
      names.add(topics.mesh(mesh.mesh().id()));
      names.add(topics.status(mesh.mesh().id()));
    }
    while (true) {
      try {
        ensure(names);
        return;
      } catch (LogUnavailableException unavailable) {
        LOG.errorf("waiting for Kafka error=%s", unavailable.getMessage());
      }
      Threads.pause(RETRY);
    }
  }

  /**
   * Tries once.
   *
   * @throws LogUnavailableException if the cluster is out of reach, or the topics are not as they
   *     have to be
   */
  void ensure(Collection<String> names) throws LogUnavailableException, InterruptedException {
    try (var admin = clients.openAdmin()) {
      new TopicKeeper(admin, clients.addresses(), config.replicationFactor(), config.createTopics())
          .ensure(names);
    } catch (TopicSettingsException wrong) {
      throw new LogUnavailableException(String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
