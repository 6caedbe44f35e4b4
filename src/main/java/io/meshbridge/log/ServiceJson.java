package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.ServiceKey;

/**
 * Which service a value is about. It repeats what topic and key say, so that a value can be read
 * alone; and as a mesh speaks only for itself, it must not say otherwise.
 */
final class ServiceJson {
  private ServiceJson() {}

  static void write(ObjectNode json, ServiceKey service) {
    json.put("mesh", service.mesh().value())
        .put("namespace", service.namespace())
        .put("name", service.name());
  }

  static void require(JsonObject json, ServiceKey service) throws MalformedValueException {
    json.requireText("mesh", service.mesh().value());
    json.requireText("namespace", service.namespace());
    json.requireText("name", service.name());
  }
}
