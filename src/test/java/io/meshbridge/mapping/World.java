package io.meshbridge.mapping;

import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The services that samples speak of, in a mesh of each make. */
final class World {
  /** The file that they stand in; a loss there is none of a sample. */
  static final String FILE = "world";

  private World() {}

  /** All objects of a mesh that has no policy yet. */
  static List<Document> of(MeshKind mesh) throws IOException {
    var file = MappingFiles.resource("worlds/" + mesh.word() + ".yaml");
    var manifests = new ManifestReader().readText(file.toString(), Files.readString(file));
    if (!manifests.isWhole()) {
      throw new IllegalStateException(file + ": " + manifests.diagnostics());
    }
    return manifests.documents().stream()
        .map(document -> new Document(Location.of(FILE), document.content(), Map.of()))
        .toList();
  }
}
