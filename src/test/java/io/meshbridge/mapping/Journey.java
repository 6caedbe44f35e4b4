package io.meshbridge.mapping;

import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.translation.OfflineTranslation;
import java.util.List;

/** From one make of mesh to another, as the command translates files. */
final class Journey {
  private static final String HASH = "content-hash";

  private final OfflineTranslation translation;

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
   * @param output all that was written, without the marks that change with any of it
   * @param losses what reading or writing lost, in the words of the documents
   */
  record Arrival(List<Object> output, List<Loss> losses) {
    Arrival {
      output = List.copyOf(output);
      losses = List.copyOf(losses);
    }
  }

  /** Translates all services that the documents declare. */
  Arrival of(List<Document> documents) {
    var result = translation.translate(documents);
    var output =
        result.documents().stream()
            .map(document -> Tree.without(document.content(), HASH))
            .toList();
    return new Arrival(output, result.losses());
  }
}
