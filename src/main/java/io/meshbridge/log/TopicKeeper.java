package io.meshbridge.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Sees to it that the federation's topics exist, with settings under which the log is safe. */
public final class TopicKeeper {
  private static final Logger LOG = Logger.getLogger(TopicKeeper.class);

  private final Admin admin;
  private final String addresses;
  private final short replicas;
  private final boolean creates;

  /** Leaves the number of copies of a new topic to the broker. */
  public static final int BROKER_DEFAULT = -1;

  /**
   * Contacts nobody yet.
   *
   * @param admin closed by the caller
   * @param addresses the brokers' addresses, for messages
   * @param replicas how many copies a new topic has, 1 to 32767, or {@link #BROKER_DEFAULT};
   *     existing ones are left as they are
   * @param creates whether missing topics are created; if not, they are waited for
   */
  public TopicKeeper(Admin admin, String addresses, int replicas, boolean creates) {
    if (replicas != BROKER_DEFAULT && (replicas < 1 || replicas > Short.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the replication factor must be between 1 and 32767, or -1, but is " + replicas);
    }
    this.admin = admin;
    this.addresses = addresses;
    this.replicas = (short) replicas;
    this.creates = creates;
  }

  /**
   * Creates the topics that are missing, and checks the others.
   *
   * @throws TopicSettingsException if topics exist with wrong settings, with all faults of all of
   *     them
   * @throws LogUnavailableException if the cluster could not be asked, or refused
   */
  public void ensure(Collection<String> names)
      throws TopicSettingsException, LogUnavailableException, InterruptedException {
    var missing = new TreeSet<>(names);
    missing.removeAll(describe(names).keySet());
    if (creates) {
      create(missing);
    } else if (!missing.isEmpty()) {
      throw new LogUnavailableException(
          "topics are missing at " + addresses + " and this bridge may not create them: " + missing,
          new IllegalStateException("topic creation is switched off"));
    }
    check(names);
  }

  private void create(Collection<String> missing)
      throws LogUnavailableException, InterruptedException {
    var settings = TopicSettings.forNew(replicas);
    var topics =
        missing.stream().map(name -> new NewTopic(name, 1, replicas).configs(settings)).toList();
    for (var created : admin.createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get();
        LOG.infof("topic created topic=%s replicas=%d", created.getKey(), replicas);
      } catch (ExecutionException failed) {
        // Another bridge was faster: its topic is then checked like any other.
        if (!(failed.getCause() instanceof TopicExistsException)) {
          throw unavailable(
              "create topic " + created.getKey(),
              List.of(KafkaRight.onTopic("Create", created.getKey()).reasonOf(failed)),
              failed);
        }
      }
    }
  }

  private void check(Collection<String> names)
      throws TopicSettingsException, LogUnavailableException, InterruptedException {
    var described = describe(names);
    var configs = configs(described.keySet());
    var faults = new ArrayList<TopicSettingsException.Fault>();
    for (String name : new TreeSet<>(described.keySet())) {
      var config = configs.get(name);
      var description = described.get(name);
      if (config != null && description != null) {
        faults.addAll(
            TopicSettings.faults(
                name,
                description.partitions().size(),
                setting -> config.get(setting).value(),
                addresses));
      }
    }
    if (!faults.isEmpty()) {
      throw new TopicSettingsException(faults);
    }
  }

  /** Those that exist. */
  private Map<String, TopicDescription> describe(Collection<String> names)
      throws LogUnavailableException, InterruptedException {
    return present("describe topics", "Describe", admin.describeTopics(names).topicNameValues());
  }

  private Map<String, Config> configs(Collection<String> names)
      throws LogUnavailableException, InterruptedException {
    var byName = new HashMap<String, KafkaFuture<Config>>();
    admin
        .describeConfigs(
            names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList())
        .values()
        .forEach((resource, config) -> byName.put(resource.name(), config));
    return present("read the settings of topics", "DescribeConfigs", byName);
  }

  /**
   * The answers about topics that exist. A topic just created may not be known everywhere yet.
   *
   * @param operation that an answer takes a right to
   * @throws LogUnavailableException with everything that stood in the way
   */
  private <T> Map<String, T> present(
      String what, String operation, Map<String, KafkaFuture<T>> answers)
      throws LogUnavailableException, InterruptedException {
    var present = new HashMap<String, T>();
    var reasons = new TreeSet<String>();
    Optional<ExecutionException> first = Optional.empty();
    for (var answer : answers.entrySet()) {
      try {
        present.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
          reasons.add(KafkaRight.onTopic(operation, answer.getKey()).reasonOf(failed));
          first = first.or(() -> Optional.of(failed));
        }
      }
    }
    if (first.isPresent()) {
      throw unavailable(what, reasons, first.get());
    }
    return present;
  }

  private LogUnavailableException unavailable(
      String what, Collection<String> reasons, ExecutionException failed) {
    return new LogUnavailableException(
        "cannot %s at %s: %s".formatted(what, addresses, String.join(", ", reasons)), failed);
  }
}
