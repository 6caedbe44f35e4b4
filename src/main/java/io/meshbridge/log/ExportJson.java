package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service and the policy that guards it, as JSON. */
final class ExportJson {
  private static final Set<String> ACCESS_FIELDS = Set.of("reachability", "reason");

  private ExportJson() {}

  static ObjectNode write(Export export) {
    var json = JsonNodeFactory.instance.objectNode();
    ServiceJson.write(json, export.key());
    var ports = json.putArray("ports");
    for (ServicePort port : export.ports()) {
      ports
          .addObject()
          .put("name", port.name())
          .put("number", port.number())
          .put("protocol", EnumWord.of(port.protocol()));
    }
    var labels = json.putObject("labels");
    export.labels().forEach(labels::put);
    var hostnames = json.putArray("hostnames");
    export.hostnames().forEach(hostnames::add);
    json.put("firstSeen", export.firstSeen().toString());
    var path = json.putArray("path");
    export.path().meshes().forEach(mesh -> path.add(mesh.value()));
    json.putObject("access")
        .put("reachability", EnumWord.of(export.access().reachability()))
        .put("reason", export.access().reason());
    if (!export.traffic().isNone()) {
      json.set(TrafficPolicy.FIELD, PolicyJson.TRAFFIC.write(export.traffic()));
    }
    export
        .ingress()
        .ifPresent(ingress -> json.set(Ingress.FIELD, PolicyJson.INGRESS.write(ingress)));
    if (!export.losses().isEmpty()) {
      var losses = json.putArray("losses");
      export.losses().forEach(loss -> losses.add(writeLoss(loss)));
    }
    return json;
  }

  static Export read(JsonObject json, ServiceKey service)
      throws MalformedValueException, NotUnderstoodException {
    ServiceJson.require(json, service);
    // The policy first: of a record that this version must not act upon, the rest is no matter.
    var access = readAccess(json.object("access"));
    var traffic =
        json.saysNothing(TrafficPolicy.FIELD)
            ? TrafficPolicy.NONE
            : PolicyJson.TRAFFIC.read(json.raw(TrafficPolicy.FIELD));
    Optional<Ingress> ingress =
        json.isAbsent(Ingress.FIELD)
            ? Optional.empty()
            : Optional.of(PolicyJson.INGRESS.read(json.raw(Ingress.FIELD)));
    return new Export(
        service,
        readPorts(json),
        json.textMap("labels"),
        json.texts("hostnames"),
        json.instant("firstSeen"),
        readPath(json),
        access,
        traffic,
        ingress,
        readLosses(json));
  }

  private static AccessPolicy readAccess(JsonObject json)
      throws MalformedValueException, NotUnderstoodException {
    json.requireOnly(ACCESS_FIELDS);
    return new AccessPolicy(
        json.policyWord("reachability", Reachability.values()), json.textOr("reason", ""));
  }

  private static ObjectNode writeLoss(Loss loss) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("object", loss.location().file())
        .put("line", loss.location().line())
        .put("path", loss.path())
        .put("outcome", EnumWord.of(loss.outcome()))
        .put("reason", loss.reason())
        .put("advice", loss.advice());
  }

  private static List<Loss> readLosses(JsonObject json) throws MalformedValueException {
    var losses = new ArrayList<Loss>();
    for (JsonObject loss : json.objects("losses")) {
      losses.add(
          new Loss(
              new Location(loss.text("object"), loss.whole("line", 0, Integer.MAX_VALUE)),
              loss.text("path"),
              loss.word("outcome", Loss.Outcome.values()),
              loss.text("reason"),
              loss.textOr("advice", "")));
    }
    return losses;
  }

  private static List<ServicePort> readPorts(JsonObject json) throws MalformedValueException {
    var ports = new ArrayList<ServicePort>();
    for (JsonObject port : json.objects("ports")) {
      ports.add(
          new ServicePort(
              port.text("name"),
              port.whole("number", 1, 65_535),
              port.word("protocol", AppProtocol.values())));
    }
    return ports;
  }

  private static FederationPath readPath(JsonObject json) throws MalformedValueException {
    return new FederationPath(json.texts("path").stream().map(MeshId::new).toList());
  }
}
