package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.Import;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Consul's definitions, registrations and config entries to the model, and imports back. Pure. */
public final class ConsulTranslator implements Translator {
  /** JSON: what Consul's API and tools take as it is. */
  @Override
  public FileFormat fileFormat() {
    return FileFormat.JSON;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var reading =
        new DocumentTranslation(mesh.id(), selection, DocumentReader.read(documents)).reading();
    return new Reading(
        reading.offers(),
        reading.unreadable(),
        reading.diagnostics(),
        reading.locations(),
        EntryReferences.in(documents));
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    return switch (ImportShape.of(service, context)) {
      case ImportShape.Shaped.Wanted wanted ->
          new Translation.Written(
              Stream.concat(
                      wanted.entries().stream().map(WantedEntry::toDocument),
                      wanted.instances().stream().map(CatalogInstance::toDocument))
                  .toList(),
              wanted.callable(),
              wanted.losses());
      case ImportShape.Shaped.Refused refused -> new Translation.Refused(refused.losses());
    };
  }

  /** An entry that leads to a service is taken only after the one that says what that speaks. */
  @Override
  public List<NativeDocument> inOrderOfWriting(List<NativeDocument> documents) {
    return documents.stream().sorted(Comparator.comparingInt(ConsulTranslator::turnOf)).toList();
  }

  private static int turnOf(NativeDocument document) {
    return ConfigKind.ofWord(String.valueOf(document.content().get("Kind")))
        .map(ConfigKind::ordinal)
        .orElse(ConfigKind.values().length);
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    var content = document.content();
    var service = Fields.object(content, "Service");
    return Ownership.fromMarks(
        Marks.CONSUL, Fields.texts(service.isEmpty() ? content : service, "Meta"));
  }
}
