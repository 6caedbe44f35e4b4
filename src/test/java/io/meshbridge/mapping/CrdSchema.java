package io.meshbridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The schema of a kind's {@code spec}, without its rules in CEL; a field that it does not name is a
 * fault.
 */
final class CrdSchema {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonSchema schema;

  CrdSchema(Map<?, ?> spec) {
    var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    this.schema = factory.getSchema(MAPPER.<JsonNode>valueToTree(closed(spec)));
  }

  /** What is wrong with a {@code spec}; empty if nothing. */
  List<String> faults(Object spec) {
    return schema.validate(MAPPER.<JsonNode>valueToTree(spec)).stream()
        .map(Object::toString)
        .toList();
  }

  /** Among them formats: a duration is not that of JSON Schema. */
  private static boolean isMeantForKubernetesAlone(String name) {
    return name.startsWith("x-kubernetes-") || name.equals("format");
  }

  /** An API server drops fields that the schema does not name; here they are faults. */
  private static Object closed(Object schema) {
    if (schema instanceof List<?> list) {
      var copy = new ArrayList<Object>();
      list.forEach(element -> copy.add(closed(element)));
      return copy;
    }
    if (!(schema instanceof Map<?, ?> map)) {
      return schema;
    }
    var copy = Tree.copyOf(map);
    copy.replaceAll((name, value) -> closed(value));
    copy.keySet().removeIf(CrdSchema::isMeantForKubernetesAlone);
    if (map.get("x-kubernetes-int-or-string") != null) {
      copy.remove("type");
    }
    boolean open = map.get("x-kubernetes-preserve-unknown-fields") != null;
    if ("object".equals(map.get("type")) && map.get("properties") instanceof Map && !open) {
      copy.putIfAbsent("additionalProperties", false);
    }
    return copy;
  }
}
