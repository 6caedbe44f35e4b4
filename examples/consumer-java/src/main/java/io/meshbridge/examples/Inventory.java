package io.meshbridge.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What is shown: the services and imports of the active members. */
final class Inventory {
  private static final Set<String> TAKE_TRAFFIC = Set.of("ready", "warning");

  private final ObjectNode root = new ObjectMapper().createObjectNode();

  private Inventory() {}

  /**
   * From the folds of all topics.
   *
   * @param oldest a mesh whose last heartbeat is older counts as silent
   */
  static ObjectNode of(Collection<TopicFold> folds, Instant oldest) {
    var active = new TreeSet<String>();
    for (TopicFold fold : folds) {
      for (JsonNode member : fold.latest("member").values()) {
        if (member.path("state").asText().equals("active")) {
          active.add(member.path("id").asText());
        }
      }
    }
    var inventory = new Inventory();
    inventory.root.putArray("imports");
    inventory.root.putArray("services");
    inventory.root.putObject("silent");
    folds.stream()
        .filter(fold -> active.contains(fold.mesh()))
        .forEach(fold -> inventory.add(fold, oldest));
    return inventory.root;
  }

  private void add(TopicFold fold, Instant oldest) {
    fold.latest("export").forEach((key, export) -> addService(fold, key, export));
    fold.latest("import").forEach((key, status) -> addImport(fold, key, status));
    var silence = fold.silence(oldest);
    if (!silence.isEmpty()) {
      root.withObject("silent").put(fold.mesh(), silence);
    }
  }

  private void addService(TopicFold fold, Key key, JsonNode export) {
    int endpoints = 0;
    int takingTraffic = 0;
    for (var chunk : fold.latest("endpoints").entrySet()) {
      if (chunk.getKey().elements().subList(0, 2).equals(key.elements())) {
        for (JsonNode endpoint : chunk.getValue().path("endpoints")) {
          endpoints++;
          takingTraffic += TAKE_TRAFFIC.contains(endpoint.path("health").asText()) ? 1 : 0;
        }
      }
    }
    var line = root.withArray("services").addObject();
    line.put("service", fold.mesh() + "/" + String.join("/", key.elements()));
    var ports = line.putArray("ports");
    for (JsonNode port : export.path("ports")) {
      ports.add(
          "%s:%d/%s"
              .formatted(
                  port.path("name").asText(),
                  port.path("number").asInt(),
                  port.path("protocol").asText()));
    }
    line.put("takingTraffic", takingTraffic)
        .put("endpoints", endpoints)
        .put("stale", fold.staleness(key));
  }

  private void addImport(TopicFold fold, Key key, JsonNode status) {
    root.withArray("imports")
        .addObject()
        .put("service", String.join("/", key.elements()))
        .put("target", fold.mesh())
        .put("name", status.path("name").asText())
        .put("state", status.path("state").asText());
  }
}
