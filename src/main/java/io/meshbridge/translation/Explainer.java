package io.meshbridge.translation;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** Says of each field of a service from where it comes, where it goes, and what happens to it. */
public final class Explainer {
  private final OfflineTranslation translation;
  private final List<Document> documents;
  private final TranslationResult result;

  /** Translates the documents once. */
  public Explainer(OfflineTranslation translation, List<Document> documents) {
    this.translation = translation;
    this.documents = DocumentLists.expand(documents);
    this.result = translation.translate(this.documents);
  }

  /** What came of all services. */
  public TranslationResult result() {
    return result;
  }

  /** What became of one of them. */
  public Explanation explain(TranslatedService service) {
    var fates = new FieldFates(this::placeOf, whyNotWritten(service));
    var offer = service.offer();
    var declared = result.reading().locationOf(service.key());
    var all =
        new ArrayList<>(fates.of(declared, offer.ports(), offer.ownersWords(), service.losses()));
    if (service.isWritten()) {
      var trail = new FieldTrail(translation, documents, result, service);
      var own = OwnFields.of(offer.ports(), offer.ownersWords());
      all.replaceAll(fate -> fate.leadingTo(destinations(fate.field(), own, trail)));
    }
    return new Explanation(
        service.key(), translation.target(), service.name(), service.isWritten(), all);
  }

  private static List<FieldRef> destinations(
      FieldRef field, SequencedMap<String, UnaryOperator<Import>> own, FieldTrail trail) {
    if (!field.object().isEmpty()) {
      return trail.of(field);
    }
    var change = own.get(field.path());
    return change == null ? List.of() : trail.of(change);
  }

  private Location placeOf(FieldRef field) {
    return result
        .reading()
        .locationOf(field.object(), field.path())
        .orElseGet(() -> Location.of(field.object()));
  }

  private static String whyNotWritten(TranslatedService service) {
    if (service.isWritten()) {
      return "";
    }
    return service.losses().stream()
        .filter(loss -> loss.outcome() == Loss.Outcome.REFUSED)
        .map(Loss::reason)
        .findFirst()
        .orElse("the service was refused");
  }
}
