package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What a bridge tells of its federation, in the words of {@code docs/outcomes.md}. */
record Told(BridgeProcess bridge) {

  /** The state of the import of a service, whatever its mesh and namespace. */
  String importIn(String target, String service) throws IOException, InterruptedException {
    return importsIn(target, service)
        .map(found -> "import " + found.path("state").asText())
        .findFirst()
        .orElse("no import");
  }

  /** Why endpoints of a service were left out. */
  List<String> endpointLosses(String target, String service)
      throws IOException, InterruptedException {
    return importsIn(target, service)
        .flatMap(found -> found.path("losses").valueStream())
        .filter(loss -> loss.path("path").asText().startsWith("endpoints["))
        .map(loss -> loss.path("reason").asText())
        .toList();
  }

  private Stream<JsonNode> importsIn(String target, String service)
      throws IOException, InterruptedException {
    return bridge.rest().imports("mesh=" + target).stream()
        .filter(found -> found.at("/service/name").asText().equals(service));
  }

  /** Something that is told of a mesh, such as its source; empty if the mesh is not known. */
  String ofMesh(String mesh, String field) throws IOException, InterruptedException {
    return bridge.rest().meshes().stream()
        .filter(found -> found.path("id").asText().equals(mesh))
        .map(found -> found.path(field).asText())
        .findFirst()
        .orElse("");
  }

  String membership(String mesh) throws IOException, InterruptedException {
    return ofMesh(mesh, "member").equals("true") ? "member" : "no member";
  }

  String readiness() throws InterruptedException {
    return bridge.rest().ready() ? "ready" : "not ready";
  }
}
