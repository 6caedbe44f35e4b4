package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What bridges write into a Linkerd, as tests read it: Services, each with its slices. */
final class LinkerdObjects {
  private static final String SERVICE_OF = "/metadata/labels/kubernetes.io~1service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

  private LinkerdObjects() {}

  /**
   * All imports, in the oracle's words.
   *
   * @param documents Services and EndpointSlices that bear the bridge's marks, in any order
   */
  static SortedSet<String> lines(Collection<JsonNode> documents) {
    var lines = new TreeSet<String>();
    var slices = documents.stream().filter(d -> isKind(d, "EndpointSlice")).toList();
    for (JsonNode service : documents) {
      if (isKind(service, "Service")) {
        lines.add(line(service, slices.stream().filter(s -> belongs(s, service)).toList()));
      }
    }
    for (JsonNode slice : slices) {
      if (documents.stream().noneMatch(d -> isKind(d, "Service") && belongs(slice, d))) {
        lines.add("slice without a Service: " + name(slice));
      }
    }
    return lines;
  }

  private static boolean isKind(JsonNode document, String kind) {
    return document.path("kind").asText().equals(kind);
  }

  private static boolean belongs(JsonNode slice, JsonNode service) {
    return slice.at(SERVICE_OF).asText().equals(service.at("/metadata/name").asText())
        && slice.at("/metadata/namespace").equals(service.at("/metadata/namespace"));
  }

  private static String name(JsonNode document) {
    return document.at("/metadata/name").asText()
        + "."
        + document.at("/metadata/namespace").asText();
  }

  private static String line(JsonNode service, List<JsonNode> slices) {
    var ports = new TreeSet<String>();
    for (JsonNode port : service.at("/spec/ports")) {
      ports.add(
          port.path("port").asInt()
              + "/"
              + port.path("name").asText()
              + "/"
              + port.path("appProtocol").asText());
    }
    var endpoints = new TreeSet<String>();
    slices.forEach(slice -> addEndpoints(slice, endpoints));
    return Oracle.linkerdLine(
        name(service),
        String.join(",", ports),
        service
            .path("metadata")
            .path("annotations")
            .path("config.linkerd.io/opaque-ports")
            .asText(),
        endpoints.toString(),
        IstioObjects.owner(service.path("metadata")));
  }

  private static void addEndpoints(JsonNode slice, SortedSet<String> endpoints) {
    if (slice.path("metadata").path("labels").path(MANAGED_BY).asText().isEmpty()) {
      // Kubernetes' own controller would take it for its own, and empty it.
      endpoints.add("unmanaged slice " + name(slice));
    }
    var ports = new TreeSet<String>();
    for (JsonNode port : slice.path("ports")) {
      ports.add(port.path("name").asText() + "=" + port.path("port").asInt());
    }
    for (JsonNode endpoint : slice.path("endpoints")) {
      boolean ready = endpoint.at("/conditions/ready").asBoolean();
      endpoints.add(
          endpoint.at("/addresses/0").asText()
              + " "
              + String.join(",", ports)
              + (ready ? " ready" : " not ready"));
    }
  }
}
