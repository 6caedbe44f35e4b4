package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A sign of life, as JSON. */
final class HeartbeatJson {
  private HeartbeatJson() {}

  static ObjectNode write(Heartbeat heartbeat) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", heartbeat.at().toString())
        .put("bridge", heartbeat.bridge())
        .put("version", heartbeat.version())
        .put("source", EnumWord.of(heartbeat.source()))
        .put("reason", heartbeat.reason());
  }

  static Heartbeat read(JsonObject json) throws MalformedValueException {
    return new Heartbeat(
        json.instant("at"),
        json.textOr("bridge", ""),
        json.textOr("version", ""),
        json.word("source", Heartbeat.SourceState.values()),
        json.textOr("reason", ""));
  }
}
