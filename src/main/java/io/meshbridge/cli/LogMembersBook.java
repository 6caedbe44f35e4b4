package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.log.FederationTopics;
import io.meshbridge.log.KafkaClients;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.MembersAdmin;
import io.meshbridge.log.TopicKeeper;
import io.meshbridge.log.TopicSettingsException;
import io.meshbridge.model.Member;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The members topic of a federation. */
final class LogMembersBook implements MembersBook {
  private final MembersAdmin admin;

  private LogMembersBook(MembersAdmin admin) {
    this.admin = admin;
  }

  /** Opens members topics; creates the topic where there is none yet. */
  @Singleton
  static final class TopicOpener implements Opener {
    @Override
    public MembersBook open(BridgeConfig config) throws UnreachableException, InterruptedException {
      var topics = new FederationTopics(config.federation());
      var clients = new KafkaClients(config.kafka());
      try (var kafka = clients.openAdmin()) {
        new TopicKeeper(
                kafka, clients.addresses(), config.replicationFactor(), config.createTopics())
            .ensure(List.of(topics.members()));
      } catch (LogUnavailableException | TopicSettingsException unusable) {
        throw unreachable(unusable);
      }
      return new LogMembersBook(new MembersAdmin(topics, clients, Clock.systemUTC()));
    }
  }

  @Override
  public List<Member> list() throws UnreachableException, InterruptedException {
    try {
      return admin.list();
    } catch (LogUnavailableException unavailable) {
      throw unreachable(unavailable);
    }
  }

  @Override
  public void put(Member member) throws UnreachableException, InterruptedException {
    try {
      admin.put(member);
    } catch (LogUnavailableException unavailable) {
      throw unreachable(unavailable);
    }
  }

  /** Nothing is held open: each call has clients of its own. */
  @Override
  public void close() {}

  private static UnreachableException unreachable(Exception cause) {
    return new UnreachableException(
        cause.getMessage() + " (kafka.bootstrap.servers says where the brokers are)", cause);
  }
}
