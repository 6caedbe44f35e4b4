package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private final KafkaClients clients =
      new KafkaClients(
          Map.of(
              "bootstrap.servers", List.of("one:9092", "two:9092"),
              "security.protocol", "SASL_SSL",
              "sasl.jaas.config", "secret",
              "group.id", "stray",
              "auto.offset.reset", "latest",
              "transactional.id", "stray"));

  @Test
  void passesOnWhereTheBrokersAreAndHowToSpeakToThemSafely() {
    for (var settings : List.of(clients.reader(), clients.producer(), clients.admin())) {
      assertThat(settings)
          .containsEntry("security.protocol", "SASL_SSL")
          .containsEntry("sasl.jaas.config", "secret")
          .containsKey("bootstrap.servers");
    }
    assertThat(clients.addresses()).isEqualTo("one:9092,two:9092");
  }

  @Test
  void letsNoStrayGroupOrTransactionIntoAClient() {
    assertThat(clients.reader())
        .doesNotContainKeys("group.id", "transactional.id")
        .containsEntry("auto.offset.reset", "none");
    assertThat(clients.producer()).doesNotContainKeys("group.id", "transactional.id");
  }

  @Test
  void refusesABaseThatDoesNotSayWhereTheBrokersAre() {
    assertThatThrownBy(() -> new KafkaClients(Map.of("group.id", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bootstrap.servers");
  }
}
