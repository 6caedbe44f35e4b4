package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.ServiceKey;

/** What keeps a service from being published, as JSON. */
final class FaultJson {
  private FaultJson() {}

  static ObjectNode write(ServiceKey service, String reason) {
    var json = JsonNodeFactory.instance.objectNode();
    ServiceJson.write(json, service);
    return json.put("reason", reason);
  }

  static MeshRecord read(JsonObject json, ServiceKey service) throws MalformedValueException {
    ServiceJson.require(json, service);
    return new MeshRecord.Faulty(service, JsonObject.printable(json.text("reason")));
  }
}
