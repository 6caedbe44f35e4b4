package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Services as tests write them into a cluster, and ServiceEntries as tests read them. */
final class IstioObjects {
  private IstioObjects() {}

  /** The service and its slice, as YAML documents. */
  static String manifest(String namespace, Shop shop) {
    return service(namespace, shop) + "---\n" + slice(namespace, shop);
  }

  static String service(String namespace, Shop shop) {
    return """
        apiVersion: v1
        kind: Service
        metadata:
          name: %s
          namespace: %s
          labels:
            meshbridge.io/export: "true"
        spec:
          ports:
            - name: http
              port: 80
              targetPort: %d
              appProtocol: http
        """
        .formatted(shop.name(), namespace, shop.port());
  }

  static String slice(String namespace, Shop shop) {
    var endpoints =
        shop.instances().entrySet().stream()
            .map(
                instance ->
                    """
                      - addresses: ["%s"]
                        conditions:
                          ready: %s
                    """
                        .formatted(instance.getKey(), instance.getValue()))
            .collect(Collectors.joining());
    return """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: %s-1
          namespace: %s
          labels:
            kubernetes.io/service-name: %s
        addressType: IPv4
        ports:
          - name: http
            port: %d
        endpoints:
        """
            .formatted(shop.name(), namespace, shop.name(), shop.port())
        + endpoints;
  }

  /** A ServiceEntry in the oracle's words. */
  static String line(JsonNode entry) {
    var spec = entry.path("spec");
    var endpoints = new TreeSet<String>();
    for (JsonNode endpoint : spec.path("endpoints")) {
      var ports = new TreeSet<String>();
      endpoint
          .path("ports")
          .properties()
          .forEach(port -> ports.add(port.getKey() + "=" + port.getValue().asInt()));
      endpoints.add(endpoint.path("address").asText() + " " + String.join(",", ports));
    }
    var ports = new TreeSet<String>();
    for (JsonNode port : spec.path("ports")) {
      ports.add(
          port.path("number").asInt()
              + "/"
              + port.path("name").asText()
              + "/"
              + port.path("protocol").asText());
    }
    return Oracle.istioLine(
        spec.at("/hosts/0").asText(),
        String.join(",", ports),
        endpoints.toString(),
        owner(entry.path("metadata")));
  }

  /** Whose import an object is, by its marks. */
  static String owner(JsonNode metadata) {
    return Oracle.owner(
        mark(metadata, "federation"),
        mark(metadata, "target"),
        mark(metadata, "origin-mesh"),
        mark(metadata, "origin-namespace"),
        mark(metadata, "origin-name"));
  }

  private static String mark(JsonNode metadata, String word) {
    var key = "meshbridge.io/" + word;
    var label = metadata.path("labels").path(key);
    return label.isMissingNode() ? metadata.path("annotations").path(key).asText() : label.asText();
  }
}
