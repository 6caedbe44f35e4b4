package io.meshbridge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshbridge.translation.TranslationRequest;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what was sent, and tells all that is wrong with it at once. */
final class BodyReader {
  /** Enough for thousands of documents; whoever has more has the command line. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final Set<String> FIELDS = Set.of("from", "to", "documents", "options");
  private static final Set<String> TEXT_FIELDS = Set.of("name", "text");
  private static final Set<String> OPTIONS =
      Set.of("mesh", "targetMesh", "namespace", "federation", "targetVersion");
  private static final int MAX_SHOWN = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<Problem.Fault> faults = new ArrayList<>();

  private BodyReader() {}

  /** What is translated; throws as the other does. */
  static TranslateBody read(InputStream body) throws IOException {
    return read(body, BodyReader::body);
  }

  /** Makes a value of the fields of an object, and notes what is wrong with them. */
  @FunctionalInterface
  interface Fields<T> {
    T read(BodyReader reader, JsonNode root);
  }

  /**
   * Reads a body.
   *
   * @throws MalformedBodyException if it is no JSON object
   * @throws BadParameterException if its fields are not as they should be
   * @throws ClientErrorException if it is too large
   */
  static <T> T read(InputStream body, Fields<T> fields) throws IOException {
    var root = tree(limited(body));
    var reader = new BodyReader();
    var read = fields.read(reader, root);
    if (!reader.faults.isEmpty()) {
      throw new BadParameterException(reader.faults);
    }
    return read;
  }

  /** A text that may be long, as it is shown to its author. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static byte[] limited(InputStream body) throws IOException {
    var bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
    return bytes;
  }

  private static JsonNode tree(byte[] bytes) throws IOException {
    try {
      var root = Optional.ofNullable(JSON.readTree(bytes)).filter(JsonNode::isObject);
      return root.orElseThrow(() -> new MalformedBodyException("the body is no JSON object"));
    } catch (JsonProcessingException noJson) {
      var place = noJson.getLocation();
      throw new MalformedBodyException(
          "the body is not JSON"
              + (place == null
                  ? ""
                  : ": line " + place.getLineNr() + ", column " + place.getColumnNr()));
    }
  }

  private TranslateBody body(JsonNode root) {
    requireKnown(root, "", FIELDS);
    return new TranslateBody(
        text(root, "", "from", ""),
        text(root, "", "to", ""),
        documents(root.path("documents")),
        options(root.path("options")));
  }

  private List<TranslateBody.Text> documents(JsonNode list) {
    var documents = new ArrayList<TranslateBody.Text>();
    if (!list.isArray() || list.isEmpty()) {
      fault("documents", list, TranslateBody.SOME_DOCUMENTS);
    }
    for (int i = 0; i < (list.isArray() ? list.size() : 0); i++) {
      documents.add(document(list.get(i), "documents[" + i + "]"));
    }
    return List.copyOf(documents);
  }

  private TranslateBody.Text document(JsonNode node, String path) {
    if (!node.isObject()) {
      fault(path, node, "an object {name, text}");
      return new TranslateBody.Text("-", "");
    }
    requireKnown(node, path + ".", TEXT_FIELDS);
    if (!node.has("text")) {
      fault(path + ".text", node.path("text"), "YAML or JSON documents as a text");
    }
    return new TranslateBody.Text(
        text(node, path + ".", "name", "-"), text(node, path + ".", "text", ""));
  }

  private TranslateBody.Options options(JsonNode given) {
    boolean usable = given.isMissingNode() || given.isNull() || given.isObject();
    if (!usable) {
      fault("options", given, "an object");
    }
    var node = given.isObject() ? given : JsonNodeFactory.instance.objectNode();
    requireKnown(node, "options.", OPTIONS);
    return new TranslateBody.Options(
        text(node, "options.", "mesh", ""),
        text(node, "options.", "targetMesh", ""),
        text(node, "options.", "namespace", ""),
        text(node, "options.", "federation", TranslationRequest.DEFAULT_FEDERATION),
        text(node, "options.", "targetVersion", ""));
  }

  /** A text field, or what stands for it; notes a fault if it is no text. */
  String text(JsonNode node, String prefix, String field, String otherwise) {
    var value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      fault(prefix + field, value, "a text");
      return otherwise;
    }
    return value.asText();
  }

  /** A misspelt option would change nothing, without a word. */
  void requireKnown(JsonNode node, String prefix, Set<String> known) {
    node.properties()
        .forEach(
            field -> {
              if (!known.contains(field.getKey())) {
                fault(
                    shown(prefix + field.getKey()),
                    field.getValue(),
                    "one of the fields " + new TreeSet<>(known));
              }
            });
  }

  /** Notes what is wrong with a field. */
  void fault(String path, JsonNode value, String expected) {
    faults.add(
        new Problem.Fault(path, value.isMissingNode() ? "" : shown(value.toString()), expected));
  }
}
