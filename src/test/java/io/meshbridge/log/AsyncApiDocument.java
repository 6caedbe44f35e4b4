package io.meshbridge.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The document in which the events are published, as far as the tests look into it. */
record AsyncApiDocument(Path file, JsonNode root) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The tests run in the module's folder, or in the root's. */
  static AsyncApiDocument published() throws IOException {
    var file =
        Stream.of(Path.of("../docs/asyncapi.yaml"), Path.of("docs/asyncapi.yaml"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    return new AsyncApiDocument(file, YAML.readTree(file.toFile()));
  }

  /** The channels by their addresses in this federation, with this mesh. */
  Map<String, JsonNode> channels(String federation, String mesh) {
    var channels = new TreeMap<String, JsonNode>();
    for (JsonNode channel : root.path("channels")) {
      channels.put(
          channel
              .path("address")
              .asText()
              .replace("{federation}", federation)
              .replace("{mesh}", mesh),
          channel);
    }
    return channels;
  }

  /** All messages by their names, which are the types of the events. */
  Map<String, JsonNode> messages() throws IOException {
    var messages = new TreeMap<String, JsonNode>();
    for (JsonNode message : root.at("/components/messages")) {
      messages.put(message.path("name").asText(), message);
    }
    return messages;
  }

  /** The messages of a channel or of an operation by their names. */
  Map<String, JsonNode> messagesOf(JsonNode holder) throws IOException {
    var messages = new TreeMap<String, JsonNode>();
    for (JsonNode reference : holder.path("messages")) {
      var message = resolved(reference);
      messages.put(message.path("name").asText(), message);
    }
    return messages;
  }

  /** What a node refers to, however often it is passed on; itself if it refers to nothing. */
  JsonNode resolved(JsonNode node) throws IOException {
    var here = node;
    while (here.has("$ref")) {
      var reference = here.path("$ref").asText();
      here = target(reference);
      if (here.isMissingNode()) {
        throw new IOException("nothing stands at " + reference);
      }
    }
    return here;
  }

  /** Every reference in the document. */
  List<String> references() {
    var references = new ArrayList<String>();
    root.findValues("$ref").forEach(reference -> references.add(reference.asText()));
    return references;
  }

  /** The names of the files of schemas that a message's value may follow. */
  static Set<String> schemasOf(JsonNode message) {
    var names = new TreeSet<String>();
    message
        .path("payload")
        .findValues("$ref")
        .forEach(reference -> names.add(Path.of(reference.asText()).getFileName().toString()));
    return names;
  }

  /** Whether the message may have no value, which withdraws what its key names. */
  static boolean mayBeTombstone(JsonNode message) {
    return message.at("/payload/oneOf").findValuesAsText("type").contains("null");
  }

  private JsonNode target(String reference) throws IOException {
    if (reference.startsWith("#")) {
      return root.at(reference.substring(1));
    }
    var other = file.resolveSibling(reference);
    if (!Files.exists(other)) {
      throw new IOException("there is no file " + reference);
    }
    return YAML.readTree(other.toFile());
  }
}
