package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A Consul whose registrations are files. */
final class ConsulFolderRig implements MeshRig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Oracle.Origin origin;
  private final FolderFiles files;

  ConsulFolderRig(String mesh, Path folder) throws IOException {
    this.origin = Oracle.Origin.consul(mesh);
    this.files = FolderFiles.create(folder);
  }

  @Override
  public Oracle.Origin origin() {
    return origin;
  }

  FolderFiles files() {
    return files;
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withFolder(id(), "consul", files.folder());
  }

  @Override
  public void apply(Operation operation) throws IOException {
    switch (operation) {
      case Operation.Put(var shop) -> files.write(shop.name() + ".json", text(shop));
      case Operation.Remove(var name) -> files.delete(name + ".json");
    }
  }

  private static String text(Shop shop) throws IOException {
    var registrations = JSON.createArrayNode();
    for (String address : shop.instances().keySet()) {
      registrations.add(ConsulObjects.registration(shop, address));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(registrations);
  }

  @Override
  public SortedSet<String> imports() throws IOException {
    var lines = new TreeSet<String>();
    for (String text : files.importTexts()) {
      // A Jackson iterator also walks through one array of documents.
      try (var documents = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
        for (JsonNode document : documents.readAll()) {
          // An entry of configuration beside the instances says what they speak.
          if (!document.has("Kind")) {
            lines.add(
                ConsulObjects.line(
                    document.path("Service"), document.at("/Checks/0/Status").asText("no check")));
          }
        }
      }
    }
    return lines;
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).consul(operations);
  }
}
