package io.meshbridge.spi;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshDescriptor;
import java.util.List;

/**
 * The objects of a mesh at one time, in the form in which people keep them in files.
 *
 * @param mesh as configured, with what the mesh says of itself
 * @param documents all that the translator reads; the location of each names its file, or the
 *     object itself
 * @param besides what no translator reads, but whoever looks for traps
 * @param diagnostics what could not be read although the rest could
 */
public record MeshDocuments(
    MeshDescriptor mesh,
    List<Document> documents,
    List<Document> besides,
    List<Diagnostic> diagnostics) {
  /** Copies. */
  public MeshDocuments {
    documents = List.copyOf(documents);
    besides = List.copyOf(besides);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether every document could be read. */
  public boolean isWhole() {
    return diagnostics.stream()
        .noneMatch(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR);
  }
}
