package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import java.util.stream.Stream;

/** One broker holds all that the federation knows. */
final class ConfigSingleReplica implements ConfigCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "config-single-replica",
        "",
        "the loss of one broker's disk is the loss of the log",
        "use 3 where there are three brokers");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    return config.createTopics() && config.replicationFactor() == 1
        ? Stream.of(found("meshbridge.kafka.replication-factor", "a replication factor of 1"))
        : Stream.empty();
  }
}
