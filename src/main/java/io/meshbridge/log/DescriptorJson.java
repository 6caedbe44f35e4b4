package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;

/** What a mesh says of itself, as JSON. */
final class DescriptorJson {
  private DescriptorJson() {}

  static ObjectNode write(MeshDescriptor mesh) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", mesh.id().value())
        .put("kind", mesh.kind())
        .put("version", mesh.version())
        .put("trustDomain", mesh.trustDomain())
        .put("network", mesh.network());
  }

  static MeshDescriptor read(JsonObject json, MeshId speaker) throws MalformedValueException {
    json.requireText("id", speaker.value());
    return new MeshDescriptor(
        speaker,
        json.text("kind"),
        json.textOr("version", ""),
        json.textOr("trustDomain", ""),
        json.textOr("network", ""));
  }
}
