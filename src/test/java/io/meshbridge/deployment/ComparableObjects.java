package io.meshbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Objects without what two tools that build them write each in its own way: how a change of the
 * configuration is rolled out (a hash in its name, a checksum beside it), how the YAML inside it is
 * set, and the order of lists whose elements have names.
 */
final class ComparableObjects {
  private static final Pattern HASH = Pattern.compile("(meshbridge-config-.+)-[a-z0-9]{10}");
  private static final YAMLMapper YAML = new YAMLMapper();

  private ComparableObjects() {}

  /** By kind, namespace and name. */
  static SortedMap<String, String> byName(List<JsonNode> objects) throws IOException {
    var byName = new TreeMap<String, String>();
    for (JsonNode object : objects) {
      var comparable = (ObjectNode) comparable(object);
      comparable.at("/spec/template/metadata").findParents("annotations").stream()
          .map(ObjectNode.class::cast)
          .forEach(metadata -> metadata.remove("annotations"));
      if (comparable.path("kind").asText().equals("ConfigMap")) {
        spellOut((ObjectNode) comparable.path("data"));
      }
      var metadata = comparable.path("metadata");
      byName.put(
          "%s %s/%s"
              .formatted(
                  comparable.path("kind").asText(),
                  metadata.path("namespace").asText(),
                  metadata.path("name").asText()),
          comparable.toPrettyString());
    }
    return byName;
  }

  private static void spellOut(ObjectNode data) throws IOException {
    for (var file : List.copyOf(data.properties())) {
      data.set(file.getKey(), comparable(YAML.readTree(file.getValue().asText())));
    }
  }

  /** With sorted keys, and sorted lists where elements have names. */
  private static JsonNode comparable(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        var sorted = new TreeMap<String, JsonNode>();
        object
            .properties()
            .forEach(field -> sorted.put(field.getKey(), comparable(field.getValue())));
        var result = JsonNodeFactory.instance.objectNode();
        sorted.forEach(result::set);
        yield result;
      }
      case ArrayNode array -> {
        var elements =
            new ArrayList<>(
                StreamSupport.stream(array.spliterator(), false)
                    .map(ComparableObjects::comparable)
                    .toList());
        elements.sort(Comparator.comparing(element -> element.path("name").asText()));
        yield JsonNodeFactory.instance.arrayNode().addAll(elements);
      }
      case TextNode text -> {
        var hashed = HASH.matcher(text.asText());
        yield hashed.matches() ? TextNode.valueOf(hashed.group(1)) : text;
      }
      default -> node;
    };
  }
}
