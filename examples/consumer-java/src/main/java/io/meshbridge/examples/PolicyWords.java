package io.meshbridge.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Tells which fields and words of an export's policy are known: those of the published schema.
 *
 * @param schema {@code export.schema.json}
 */
record PolicyWords(JsonNode schema) {
  private static final List<String> MUST_UNDERSTAND = List.of("access", "traffic", "ingress");

  /** The first path inside an export's policy that the schema does not know. */
  Optional<String> unknown(JsonNode export) {
    return MUST_UNDERSTAND.stream()
        .filter(export::has)
        .flatMap(
            part -> unknown(schema.at("/properties/" + part), export.path(part), part).stream())
        .findFirst();
  }

  private Optional<String> unknown(JsonNode reference, JsonNode value, String path) {
    var rule = resolved(reference);
    if ((rule.has("enum") && !contains(rule.path("enum"), value))
        || (rule.has("const") && !rule.path("const").equals(value))) {
      return Optional.of(path + "=" + value);
    }
    if (rule.has("oneOf") && !anyKnows(rule.path("oneOf"), value, path)) {
      return Optional.of(path);
    }
    if (value.isArray()) {
      return value
          .valueStream()
          .flatMap(element -> unknown(rule.path("items"), element, path + "[]").stream())
          .findFirst();
    }
    return value
        .propertyStream()
        .flatMap(
            field ->
                unknownField(rule, field.getKey(), field.getValue(), path + "." + field.getKey())
                    .stream())
        .findFirst();
  }

  private Optional<String> unknownField(JsonNode rule, String name, JsonNode value, String path) {
    if (rule.path("properties").has(name)) {
      return unknown(rule.path("properties").path(name), value, path);
    }
    var other = rule.path("additionalProperties");
    if (other.isBoolean() && !other.asBoolean()) {
      return Optional.of(path);
    }
    return other.isObject() ? unknown(other, value, path) : Optional.empty();
  }

  private boolean anyKnows(JsonNode variants, JsonNode value, String path) {
    return variants.valueStream().anyMatch(variant -> unknown(variant, value, path).isEmpty());
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    return words.valueStream().anyMatch(value::equals);
  }

  private JsonNode resolved(JsonNode rule) {
    var here = rule;
    while (here.has("$ref")) {
      here = schema.at(here.path("$ref").asText().substring(1));
    }
    return here;
  }
}
