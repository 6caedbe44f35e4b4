package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaRightTest {
  private static final KafkaRight WRITE = KafkaRight.onTopic("Write", "shop.orders");

  @Test
  void isNamedWhereverTheClientHidesItsRefusal() {
    var denied = new TopicAuthorizationException(Set.of("shop.orders"));

    assertThat(WRITE.reasonOf(denied)).isEqualTo("missing right Write on topic shop.orders");
    assertThat(WRITE.reasonOf(new ExecutionException(new KafkaException("in error state", denied))))
        .isEqualTo("missing right Write on topic shop.orders");
  }

  @Test
  void isNamedForGroupsAndTransactionsToo() {
    assertThat(
            new KafkaRight("Read", KafkaRight.Kind.GROUP, "lead")
                .reasonOf(GroupAuthorizationException.forGroupId("lead")))
        .isEqualTo("missing right Read on group lead");
    assertThat(
            new KafkaRight("Write", KafkaRight.Kind.TRANSACTIONAL_ID, "east")
                .reasonOf(new TransactionalIdAuthorizationException("no")))
        .isEqualTo("missing right Write on transactional id east");
  }

  @Test
  void isNotBlamedForWhatWasRefusedForAnotherReason() {
    var silent = new KafkaException("cannot send", new TimeoutException("nobody answered"));

    assertThat(WRITE.reasonOf(silent)).endsWith("TimeoutException: nobody answered");
    assertThat(WRITE.reasonOf(GroupAuthorizationException.forGroupId("lead")))
        .contains("GroupAuthorizationException", "lead");
  }
}
