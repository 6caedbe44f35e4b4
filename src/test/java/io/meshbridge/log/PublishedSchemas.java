package io.meshbridge.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The JSON Schemas that ship with the service. */
final class PublishedSchemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private PublishedSchemas() {}

  /** What is wrong with a value of this CloudEvents type; empty if nothing. */
  static List<String> faults(String type, String json) {
    var path = "/schemas/" + file(type);
    try (InputStream schema = PublishedSchemas.class.getResourceAsStream(path)) {
      return FACTORY.getSchema(schema).validate(json, InputFormat.JSON).stream()
          .map(Object::toString)
          .toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException("no schema " + path, unreadable);
    }
  }

  /** The name of the file that holds the schema of this CloudEvents type. */
  static String file(String type) {
    return type.replace("io.meshbridge.", "").replace(".v1", "").replace("dead", "dead-")
        + ".schema.json";
  }

  /** The names of all fields that the schema knows, and the words of its enumerations. */
  static Set<String> fieldsAndWords(String type) {
    try (InputStream schema =
        PublishedSchemas.class.getResourceAsStream("/schemas/" + file(type))) {
      var found = new TreeSet<String>();
      collect(new ObjectMapper().readTree(schema), found);
      return found;
    } catch (IOException unreadable) {
      throw new IllegalStateException("no schema of " + type, unreadable);
    }
  }

  private static void collect(JsonNode schema, Set<String> found) {
    schema.path("properties").fieldNames().forEachRemaining(found::add);
    schema.path("enum").forEach(word -> found.add(word.asText()));
    schema.forEach(part -> collect(part, found));
  }
}
