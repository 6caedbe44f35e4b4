package io.meshbridge.mapping;

import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services that samples speak of, in a mesh of one make.
 *
 * @param documents all objects of a mesh that has no policy yet
 */
record World(List<Document> documents) {
  /** The file that they stand in; a loss there is none of a sample. */
  private static final String FILE = "world";

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  World {
    documents = List.copyOf(documents);
  }

  /** That of a mesh of this make. */
  static World of(MeshKind mesh) throws IOException {
    var file = MappingFiles.resource("worlds/" + mesh.word() + ".yaml");
    var manifests = new ManifestReader().readText(file.toString(), Files.readString(file));
    if (!manifests.isWhole()) {
      throw new IllegalStateException(file + ": " + manifests.diagnostics());
    }
    return new World(
        manifests.documents().stream()
            .map(document -> new Document(Location.of(FILE), document.content(), Map.of()))
            .toList());
  }

  /** What belongs to the services that a text names: others make translations slow. */
  List<Document> namedIn(String text) {
    return documents.stream()
        .filter(document -> serviceOf(document).map(text::contains).orElse(true))
        .toList();
  }

  /** The service that an object of Kubernetes is, or belongs to. */
  private static Optional<String> serviceOf(Document document) {
    var metadata = Tree.object(document.content(), "metadata");
    return Optional.<Object>ofNullable(Tree.object(metadata, "labels").get(SERVICE_NAME))
        .or(() -> Optional.ofNullable(metadata.get("name")))
        .map(Object::toString);
  }
}
