package io.meshbridge.mapping;

import io.meshbridge.adapter.files.ManifestWriter;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.translation.OfflineTranslation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** From one make of mesh to another, as the command translates files. */
final class Journey {
  private static final String HASH = "content-hash";

  private final OfflineTranslation translation;
  private final ManifestWriter writer = new ManifestWriter();

  Journey(MeshKind from, MeshKind to) {
    this.translation =
        new OfflineTranslation(
            from.adapter(),
            to.adapter(),
            new MeshId("home"),
            new WriteContext("test", new MeshId("away"), ""));
  }

  /**
   * What became of some documents.
   *
   * @param output all that was written, as text, without the marks that change with any of it
   * @param losses what reading or writing lost, in the words of the documents
   */
  record Arrival(String output, List<Loss> losses) {
    Arrival {
      losses = List.copyOf(losses);
    }
  }

  /** Translates all services that the documents declare. */
  Arrival of(List<Document> documents) {
    var result = translation.translate(documents);
    var written = writer.write(result.documents(), translation.format());
    var output =
        new String(written, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.contains(HASH))
            .collect(Collectors.joining("\n"));
    return new Arrival(output, result.losses());
  }
}
