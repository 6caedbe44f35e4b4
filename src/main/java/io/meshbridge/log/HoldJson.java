package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.ServiceKey;

/** That a service's withdrawal is held, as JSON. */
final class HoldJson {
  private HoldJson() {}

  static ObjectNode write(ServiceKey service, Hold hold) {
    var json = JsonNodeFactory.instance.objectNode();
    ServiceJson.write(json, service);
    return json.put("since", hold.since().toString()).put("reason", hold.reason());
  }

  static MeshRecord read(JsonObject json, ServiceKey service) throws MalformedValueException {
    ServiceJson.require(json, service);
    return new MeshRecord.Held(
        service, new Hold(json.instant("since"), JsonObject.printable(json.text("reason"))));
  }
}
