package io.meshbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service definitions of a folder, in whatever shape of Consul's they stand in files. */
final class ConsulDefinitions {
  private static final String EXPORT = "meshbridge-export";

  private final List<Manifest> manifests;

  private ConsulDefinitions(List<Manifest> manifests) {
    this.manifests = manifests;
  }

  static ConsulDefinitions in(Path folder, Path without) throws IOException {
    return new ConsulDefinitions(Manifest.allIn(folder, without));
  }

  /** The names of those that are marked for export and need no identity of the mesh. */
  List<String> callable() {
    Set<String> names = new LinkedHashSet<>();
    Set<String> guarded = new LinkedHashSet<>();
    for (ObjectNode definition : all()) {
      var name = nameOf(definition);
      var exported = field(definition, "meta").map(meta -> meta.path(EXPORT).asText()).orElse("");
      if (exported.equals("true")) {
        names.add(name);
      }
      if (field(definition, "connect").isPresent()) {
        guarded.add(name);
      }
      field(definition, "proxy").flatMap(ConsulDefinitions::destinationOf).ifPresent(guarded::add);
    }
    names.removeAll(guarded);
    return List.copyOf(names);
  }

  /**
   * Moves every instance of a service to the next port and saves the files.
   *
   * @return the new port of the first
   */
  int moveToNextPort(String service) throws IOException {
    int first = 0;
    for (Manifest manifest : manifests) {
      boolean changed = false;
      for (ObjectNode definition : definitionsIn(manifest)) {
        if (nameOf(definition).equals(service)) {
          var key = keyOf(definition, "port").orElseThrow();
          int port = definition.path(key).asInt() + 1;
          definition.put(key, port);
          first = first == 0 ? port : first;
          changed = true;
        }
      }
      if (changed) {
        manifest.save();
      }
    }
    return first;
  }

  private List<ObjectNode> all() {
    return manifests.stream().flatMap(manifest -> definitionsIn(manifest).stream()).toList();
  }

  private static List<ObjectNode> definitionsIn(Manifest manifest) {
    return manifest.documents().stream()
        .flatMap(document -> definitionsIn(document).stream())
        .toList();
  }

  /** All definitions of a document. */
  static List<ObjectNode> definitionsIn(JsonNode document) {
    var found = new ArrayList<ObjectNode>();
    collect(document, found);
    return found;
  }

  /** A definition is an object with a name and a port, wherever it stands. */
  private static void collect(JsonNode node, List<ObjectNode> found) {
    if (node instanceof ObjectNode object
        && !nameOf(object).isEmpty()
        && keyOf(object, "port").isPresent()) {
      found.add(object);
      return;
    }
    node.forEach(child -> collect(child, found));
  }

  static String nameOf(ObjectNode definition) {
    return field(definition, "name")
        .or(() -> field(definition, "service"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .orElse("");
  }

  private static Optional<String> destinationOf(JsonNode proxy) {
    return proxy instanceof ObjectNode object
        ? field(object, "destinationservicename")
            .or(() -> field(object, "destination_service_name"))
            .map(JsonNode::asText)
        : Optional.empty();
  }

  private static Optional<JsonNode> field(ObjectNode object, String name) {
    return keyOf(object, name).map(object::path);
  }

  /** Consul's agents and its API spell the same field in two ways. */
  private static Optional<String> keyOf(ObjectNode object, String name) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name::equalsIgnoreCase)
        .findFirst();
  }
}
