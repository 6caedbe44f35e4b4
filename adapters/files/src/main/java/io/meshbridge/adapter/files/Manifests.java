package io.meshbridge.adapter.files;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What stands in some text: the documents that could be read, and the faults of the rest.
 *
 * @param documents in the order of the text
 * @param diagnostics in the order of the text; each error has cost one document
 */
public record Manifests(List<Document> documents, List<Diagnostic> diagnostics) {
  /** Nothing at all. */
  public static final Manifests NONE = new Manifests(List.of(), List.of());

  /** Copies. */
  public Manifests {
    documents = List.copyOf(documents);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Nothing but one fault. */
  static Manifests faulty(Diagnostic fault) {
    return new Manifests(List.of(), List.of(fault));
  }

  /** All of these, one after the other. */
  static Manifests of(Collection<Manifests> parts) {
    var documents = new ArrayList<Document>();
    var diagnostics = new ArrayList<Diagnostic>();
    for (Manifests part : parts) {
      documents.addAll(part.documents);
      diagnostics.addAll(part.diagnostics);
    }
    return new Manifests(documents, diagnostics);
  }

  /** Whether every document could be read. */
  public boolean isWhole() {
    return diagnostics.stream()
        .noneMatch(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR);
  }
}
