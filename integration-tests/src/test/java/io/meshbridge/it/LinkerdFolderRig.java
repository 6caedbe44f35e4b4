package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** A Linkerd whose objects are files. */
final class LinkerdFolderRig implements MeshRig {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Oracle.Origin origin;
  private final FolderFiles files;

  LinkerdFolderRig(String mesh, Path folder) throws IOException {
    this.origin = Oracle.Origin.linkerd(mesh);
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
    return configuration.withFolder(id(), "linkerd", files.folder());
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
    var objects = new ArrayList<JsonNode>();
    for (String text : files.importTexts()) {
      try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
        objects.addAll(documents.readAll());
      }
    }
    return LinkerdObjects.lines(objects);
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).linkerd(operations);
  }
}
