package io.meshbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A file of documents that is read, changed in memory, and put back in one step, as an editor or a
 * Git checkout would.
 *
 * @param file YAML or JSON
 * @param documents the trees; to be changed in place
 */
record Manifest(Path file, List<JsonNode> documents) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(YAMLFactory.builder().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build());

  /** All files of a folder and below, without what the bridge writes there. */
  static List<Manifest> allIn(Path folder, Path without) throws IOException {
    try (var files = Files.walk(folder)) {
      var manifests = new ArrayList<Manifest>();
      for (Path file : files.sorted().toList()) {
        if (!file.startsWith(without) && isManifest(file)) {
          manifests.add(read(file));
        }
      }
      return List.copyOf(manifests);
    }
  }

  private static boolean isManifest(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (isJson(name) || name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static boolean isJson(String name) {
    return name.endsWith(".json");
  }

  private static Manifest read(Path file) throws IOException {
    var format = isJson(file.toString()) ? JSON : YAML;
    try (var documents = format.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return new Manifest(file, documents.readAll());
    }
  }

  void save() throws IOException {
    // A dot in front: whoever watches the folder must not read what is half written.
    var draft = file.resolveSibling("." + file.getFileName() + ".draft");
    Files.writeString(draft, text());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String text() throws IOException {
    boolean json = isJson(file.toString());
    ObjectWriter writer = json ? JSON.writerWithDefaultPrettyPrinter() : YAML.writer();
    if (json && documents.size() > 1) {
      return writer.writeValueAsString(documents);
    }
    var texts = new ArrayList<String>();
    for (JsonNode document : documents) {
      texts.add(writer.writeValueAsString(document));
    }
    return texts.stream().collect(Collectors.joining("\n")) + "\n";
  }
}
