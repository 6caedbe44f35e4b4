package io.meshbridge.translation;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a translation.
 *
 * @param reading what the documents say
 * @param services those that could be read, in the order of their keys
 * @param documents the target's objects of all of them, in an order in which it takes them
 */
public record TranslationResult(
    Reading reading, List<TranslatedService> services, List<NativeDocument> documents) {
  /** Copies. */
  public TranslationResult {
    services = List.copyOf(services);
    documents = List.copyOf(documents);
  }

  /** What could not be said, in the order of the services. */
  public List<Loss> losses() {
    return services.stream().flatMap(service -> service.losses().stream()).toList();
  }

  /** What could not be read. */
  public List<Diagnostic> diagnostics() {
    var diagnostics = new ArrayList<>(reading.diagnostics());
    reading
        .unreadable()
        .forEach(
            (service, reason) ->
                diagnostics.add(
                    new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        reading.locationOf(service),
                        "",
                        "not translated: " + reason)));
    return List.copyOf(diagnostics);
  }

  /** How many services the target shall hold. */
  public int written() {
    return (int) services.stream().filter(TranslatedService::isWritten).count();
  }

  /** Whether nothing was refused and everything could be read. */
  public boolean isWhole() {
    return isReadable()
        && losses().stream().noneMatch(loss -> loss.outcome() == Loss.Outcome.REFUSED);
  }

  /** Whether everything could be read. */
  public boolean isReadable() {
    return diagnostics().stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
  }

  /** The target's objects of each service that it shall hold. */
  SortedMap<ServiceKey, List<NativeDocument>> imports() {
    var imports = new TreeMap<ServiceKey, List<NativeDocument>>();
    services.stream()
        .filter(TranslatedService::isWritten)
        .forEach(service -> imports.put(service.key(), service.documents()));
    return imports;
  }
}
