package io.meshbridge.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void letAWholeEventPass() {
    assertThatCode(() -> EventRules.require(event())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eventTime",
        "reportingController",
        "reportingInstance",
        "action",
        "reason",
        "type"
      })
  void askForEachField(String field) {
    var event = event();
    event.remove(field);

    assertThatThrownBy(() -> EventRules.require(event))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining(field);
  }

  @Test
  void knowHowLongTextsMayBe() {
    assertThatThrownBy(() -> EventRules.require(event().put("note", "\u20ac".repeat(342))))
        .hasMessageContaining("1024");
    assertThatThrownBy(() -> EventRules.require(event().put("reason", "a".repeat(129))))
        .hasMessageContaining("128");
  }

  @Test
  void wantAnEventInTheNamespaceOfItsObject() {
    var event = event();
    event.withObjectProperty("regarding").put("namespace", "yard");

    assertThatThrownBy(() -> EventRules.require(event)).hasMessageContaining("namespace");
  }

  private static ObjectNode event() {
    var event = JSON.createObjectNode();
    event.put("eventTime", "2026-11-22T10:00:00.000000Z");
    event.put("reportingController", "example.com/controller");
    event.put("reportingInstance", "one");
    event.put("action", "Look");
    event.put("reason", "Looked");
    event.put("type", "Normal");
    event.put("note", "\u20ac".repeat(341));
    event.putObject("metadata").put("namespace", "shop");
    event.putObject("regarding").put("namespace", "shop");
    return event;
  }
}
