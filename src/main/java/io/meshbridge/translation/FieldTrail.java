package io.meshbridge.translation;

import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Finds which of the target's fields depend on a field of the source: changes it, translates again,
 * and looks what comes out otherwise. So it knows of every translator what that does, and of none
 * how.
 */
final class FieldTrail {
  private final OfflineTranslation translation;
  private final List<Document> documents;
  private final TranslationResult result;
  private final TranslatedService service;
  private final NameBook names = new NameBook();
  private final WrittenFields written;

  /**
   * @param documents without lists
   * @param result what came of them
   * @param service one that was written
   */
  FieldTrail(
      OfflineTranslation translation,
      List<Document> documents,
      TranslationResult result,
      TranslatedService service) {
    this.translation = translation;
    this.documents = documents;
    this.result = result;
    this.service = service;
    this.written = WrittenFields.of(service.documents());
    result.services().stream()
        .filter(TranslatedService::isWritten)
        .forEach(each -> names.claim(each.name(), each.key()));
  }

  /** What a changed source leads to. */
  private record Trial(List<FieldRef> differences, boolean clean) {}

  /** Where a field of a native object leads; nowhere if its document is not known. */
  List<FieldRef> of(FieldRef field) {
    var document = Optional.ofNullable(result.reading().objects().get(field.object()));
    return document.map(found -> of(found, field.path())).orElse(List.of());
  }

  /** Where something of the import itself leads, which the change makes another. */
  List<FieldRef> of(UnaryOperator<Import> change) {
    var translations = translation.translations(result.reading());
    var imported = translations.imported(service.offer(), names);
    return differences(translations.write(change.apply(imported))).orElse(List.of());
  }

  /** A change that brings new faults or losses says less than one that does not. */
  private List<FieldRef> of(Document document, String path) {
    List<FieldRef> best = List.of();
    var value = DocumentPaths.find(document.content(), path);
    for (var change : Variations.all()) {
      var trial =
          value
              .filter(given -> Variations.changes(change, given))
              .flatMap(given -> trial(document, path, change));
      if (trial.isPresent()) {
        best = trial.get().differences();
        if (trial.get().clean()) {
          return best;
        }
      }
    }
    return best;
  }

  private Optional<Trial> trial(
      Document document, String path, Function<Object, Optional<Object>> change) {
    var content = DocumentPaths.changed(document.content(), path, change);
    var reading = translation.read(with(document, content));
    var offer =
        reading.offers().stream().filter(each -> each.key().equals(service.key())).findFirst();
    if (offer.isEmpty()) {
      return Optional.empty();
    }
    var translations = translation.translations(reading);
    var written = translations.write(translations.imported(offer.get(), names));
    var losses = new ArrayList<>(offer.get().losses());
    losses.addAll(translations.told(offer.get(), written.losses()));
    boolean clean =
        losses.size() <= service.losses().size()
            && reading.diagnostics().size() <= result.reading().diagnostics().size();
    return differences(written).map(differences -> new Trial(differences, clean));
  }

  private Optional<List<FieldRef>> differences(Translation other) {
    return switch (other) {
      case Translation.Written(var changed, boolean ignored, var ignoredToo) ->
          Optional.of(written.differencesTo(WrittenFields.of(changed)));
      case Translation.Refused ignored -> Optional.empty();
    };
  }

  private List<Document> with(Document document, Map<String, Object> content) {
    var changed = new ArrayList<>(documents);
    int at = documents.indexOf(document);
    if (at >= 0) {
      changed.set(at, new Document(document.location(), content, document.lines()));
    }
    return changed;
  }
}
