package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.ServiceKey;
import java.util.ArrayList;

/** A chunk of a service's endpoints, as JSON. */
final class EndpointsJson {
  private EndpointsJson() {}

  static ObjectNode write(MeshRecord.EndpointsChanged record) {
    var json = JsonNodeFactory.instance.objectNode();
    ServiceJson.write(json, record.service());
    json.put("chunk", record.chunk()).put("chunks", record.chunks());
    var endpoints = json.putArray("endpoints");
    for (Endpoint endpoint : record.endpoints().endpoints()) {
      writeEndpoint(endpoints.addObject(), endpoint);
    }
    return json;
  }

  static MeshRecord.EndpointsChanged read(JsonObject json, ServiceKey service, int chunk)
      throws MalformedValueException {
    ServiceJson.require(json, service);
    json.whole("chunk", chunk, chunk);
    int chunks = json.whole("chunks", chunk + 1, LogLimits.MAX_CHUNKS);
    var endpoints = new ArrayList<Endpoint>();
    for (JsonObject endpoint : json.objects("endpoints")) {
      endpoints.add(readEndpoint(endpoint));
    }
    return new MeshRecord.EndpointsChanged(service, chunk, chunks, EndpointList.of(endpoints));
  }

  private static void writeEndpoint(ObjectNode json, Endpoint endpoint) {
    json.put("address", endpoint.address());
    var ports = json.putObject("ports");
    endpoint.ports().forEach(ports::put);
    json.put("health", EnumWord.of(endpoint.health())).put("weight", endpoint.weight());
    json.putObject("locality")
        .put("region", endpoint.locality().region())
        .put("zone", endpoint.locality().zone());
    json.put("network", endpoint.network());
    var labels = json.putObject("labels");
    endpoint.labels().forEach(labels::put);
    json.put("identity", endpoint.identity());
  }

  private static Endpoint readEndpoint(JsonObject json) throws MalformedValueException {
    return new Endpoint(
        json.text("address"),
        json.wholeMap("ports", 1, 65_535),
        json.word("health", Health.values()),
        json.isAbsent("weight") ? 1 : json.whole("weight", 0, 65_535),
        readLocality(json),
        json.textOr("network", ""),
        json.textMap("labels"),
        json.textOr("identity", ""));
  }

  private static Locality readLocality(JsonObject json) throws MalformedValueException {
    if (json.isAbsent("locality")) {
      return Locality.UNKNOWN;
    }
    var locality = json.object("locality");
    return new Locality(locality.textOr("region", ""), locality.textOr("zone", ""));
  }
}
