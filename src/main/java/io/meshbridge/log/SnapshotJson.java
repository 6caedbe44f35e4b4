package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A snapshot marker, as JSON. */
final class SnapshotJson {
  private SnapshotJson() {}

  static ObjectNode write(SnapshotMarker marker) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("generation", marker.generation())
        .put("keys", marker.keys())
        .put("digest", marker.digest());
  }

  static SnapshotMarker read(JsonObject json) throws MalformedValueException {
    return new SnapshotMarker(
        json.whole("generation", 0, Long.MAX_VALUE),
        json.whole("keys", 0, Long.MAX_VALUE),
        json.text("digest"));
  }
}
