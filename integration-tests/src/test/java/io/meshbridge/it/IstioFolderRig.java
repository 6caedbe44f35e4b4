package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** An Istio whose objects are files. */
final class IstioFolderRig implements MeshRig {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Oracle.Origin origin;
  private final FolderFiles files;

  IstioFolderRig(String mesh, Path folder) throws IOException {
    this.origin = Oracle.Origin.istio(mesh);
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
    return configuration.withFolder(id(), "istio", files.folder());
  }

  @Override
  public void apply(Operation operation) throws IOException {
    switch (operation) {
      case Operation.Put(var shop) ->
          files.write(shop.name() + ".yaml", IstioObjects.manifest(origin.namespace(), shop));
      case Operation.Remove(var name) -> files.delete(name + ".yaml");
    }
  }

  @Override
  public SortedSet<String> imports() throws IOException {
    var lines = new TreeSet<String>();
    for (String text : files.importTexts()) {
      try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
        documents.readAll().forEach(entry -> lines.add(IstioObjects.line(entry)));
      }
    }
    return lines;
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).istio(operations);
  }
}
