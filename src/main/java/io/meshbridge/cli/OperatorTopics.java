package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.log.FederationTopics;
import io.meshbridge.log.KafkaClients;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.TopicKeeper;
import io.meshbridge.log.TopicSettingsException;
import java.util.List;

/**
 * The topics into which operators write.
 *
 * @param clients of the brokers that hold them
 */
record OperatorTopics(FederationTopics topics, KafkaClients clients) {
  /**
   * Creates those that are missing.
   *
   * @throws UnreachableException if the brokers cannot be reached, or the topics are not as they
   *     have to be
   */
  static OperatorTopics open(BridgeConfig config)
      throws UnreachableException, InterruptedException {
    var topics = new FederationTopics(config.federation());
    var clients = new KafkaClients(config.kafka());
    try (var kafka = clients.openAdmin()) {
      new TopicKeeper(kafka, clients.addresses(), config.replicationFactor(), config.createTopics())
          .ensure(List.of(topics.members(), topics.orders(), topics.trail()));
    } catch (LogUnavailableException | TopicSettingsException unusable) {
      throw unreachable(unusable);
    }
    return new OperatorTopics(topics, clients);
  }

  /** What the log is asked. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws LogUnavailableException, InterruptedException;
  }

  /** What the log is told. */
  @FunctionalInterface
  interface Writing {
    void write() throws LogUnavailableException, InterruptedException;
  }

  /** The log's answer, or what its absence means to people. */
  static <T> T ask(Reading<T> reading) throws UnreachableException, InterruptedException {
    try {
      return reading.read();
    } catch (LogUnavailableException unavailable) {
      throw unreachable(unavailable);
    }
  }

  /** The same for what has no answer. */
  static void tell(Writing writing) throws UnreachableException, InterruptedException {
    try {
      writing.write();
    } catch (LogUnavailableException unavailable) {
      throw unreachable(unavailable);
    }
  }

  private static UnreachableException unreachable(Exception cause) {
    return new UnreachableException(
        cause.getMessage() + " (kafka.bootstrap.servers says where the brokers are)", cause);
  }
}
