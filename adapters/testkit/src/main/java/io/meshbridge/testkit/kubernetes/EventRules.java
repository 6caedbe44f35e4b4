package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the API server demands of an Event of {@code events.k8s.io/v1}. */
final class EventRules {
  private static final int MOST = 128;
  private static final int MOST_OF_A_NOTE = 1024;

  private EventRules() {}

  /** Returns if the server would take it. */
  static void require(JsonNode event) {
    require(event.path("eventTime").asText().endsWith("Z"), "eventTime: Required value");
    requireText(event, "reportingController");
    requireText(event, "reportingInstance");
    requireText(event, "action");
    requireText(event, "reason");
    require(
        Set.of("Normal", "Warning").contains(event.path("type").asText()),
        "type: Invalid value: must be Normal or Warning");
    var note = event.path("note").asText().getBytes(StandardCharsets.UTF_8);
    require(note.length <= MOST_OF_A_NOTE, "note: can have at most 1024 characters");
    require(
        event
            .path("metadata")
            .path("namespace")
            .asText()
            .equals(event.path("regarding").path("namespace").asText()),
        "involvedObject.namespace: does not match event.namespace");
  }

  private static void requireText(JsonNode event, String field) {
    var text = event.path(field).asText();
    require(!text.isEmpty(), field + ": Required value");
    require(text.length() <= MOST, field + ": can have at most 128 characters");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw ApiError.invalid("Event is invalid: " + message);
    }
  }
}
