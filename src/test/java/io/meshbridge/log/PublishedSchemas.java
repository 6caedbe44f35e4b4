package io.meshbridge.log;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The JSON Schemas that ship with the service. */
final class PublishedSchemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private PublishedSchemas() {}

  /** What is wrong with a value of this CloudEvents type; empty if nothing. */
  static List<String> faults(String type, String json) {
    var name = type.replace("io.meshbridge.", "").replace(".v1", "").replace("dead", "dead-");
    var path = "/schemas/" + name + ".schema.json";
    try (InputStream schema = PublishedSchemas.class.getResourceAsStream(path)) {
      return FACTORY.getSchema(schema).validate(json, InputFormat.JSON).stream()
          .map(Object::toString)
          .toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException("no schema " + path, unreadable);
    }
  }
}
