package io.meshbridge.log;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * A right that one of our clients needs, in the words of Kafka's access control lists. Brokers say
 * of which thing a client has not all rights; which of them it lacks, only we can know.
 *
 * @param operation such as {@code DescribeConfigs}
 * @param on what kind of thing
 * @param name that thing's
 */
public record KafkaRight(String operation, Kind on, String name) {
  /** What rights are given on. */
  public enum Kind {
    /** A topic. */
    TOPIC("topic", TopicAuthorizationException.class),
    /** A consumer group. */
    GROUP("group", GroupAuthorizationException.class),
    /** What a producer writes transactions under. */
    TRANSACTIONAL_ID("transactional id", TransactionalIdAuthorizationException.class);

    private final String text;
    private final Class<? extends AuthorizationException> refusal;

    Kind(String text, Class<? extends AuthorizationException> refusal) {
      this.text = text;
      this.refusal = refusal;
    }
  }

  /** One on a topic. */
  public static KafkaRight onTopic(String operation, String topic) {
    return new KafkaRight(operation, Kind.TOPIC, topic);
  }

  /**
   * Why a client failed that needs this right: because it lacks it, or else what the deepest cause
   * says, since the others only tell where that surfaced.
   */
  public String reasonOf(Throwable failed) {
    var deepest = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (on.refusal.isInstance(cause)) {
        return "missing right " + this;
      }
      deepest = cause;
    }
    return deepest.toString();
  }

  /** As people say it, such as {@code Write on topic meshbridge.shop.orders}. */
  @Override
  public String toString() {
    return operation + " on " + on.text + " " + name;
  }
}
