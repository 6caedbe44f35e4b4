package io.meshbridge.adapter.files;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A document while it is being read: its index of lines, its faults, and what it has cost. */
final class Draft {
  /**
   * Longer paths are not indexed: a field below falls back to its nearest known parent. Else a few
   * huge keys, nested, would cost their product.
   */
  private static final int MAX_PATH = 500;

  /** After so many duplicate keys nobody reads on. */
  private static final int MAX_FAULTS = 100;

  private final String file;
  private final Limits limits;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Diagnostic> faults = new ArrayList<>();
  private int nodes;

  Draft(String file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** The path of a field; of an unindexed field if it becomes too long. */
  static String field(String parent, String key) {
    if (parent.length() + key.length() > MAX_PATH) {
      return parent;
    }
    return parent.isEmpty() ? key : parent + "." + key;
  }

  static String item(String parent, int index) {
    return parent + "[" + index + "]";
  }

  void at(String path, int line) {
    lines.putIfAbsent(path, line);
  }

  void fault(String path, int line, String message) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new Diagnostic(Severity.ERROR, new Location(file, line), path, message));
    }
  }

  void fault(UnreadableDocumentException unreadable) {
    fault(unreadable.path(), unreadable.line(), unreadable.reason());
  }

  void duplicate(String path, String key, int line, int firstLine) {
    fault(
        path,
        line,
        "key '" + key + "' stands twice in one mapping, first in line " + firstLine + ": keep one");
  }

  /** Counts values, and checks how deep they stand. */
  void spend(int count, int depth, String path, int line) throws UnreadableDocumentException {
    nodes += count;
    if (nodes > limits.nodes()) {
      throw new UnreadableDocumentException(
          path, line, "holds more than " + limits.nodes() + " values, aliases expanded: split it");
    }
    if (depth > limits.depth()) {
      throw new UnreadableDocumentException(
          path, line, "is nested more than " + limits.depth() + " levels deep");
    }
  }

  int spent() {
    return nodes;
  }

  /** The document, if it had no fault. */
  Manifests finish(int line, Map<String, Object> content) {
    var documents =
        faults.isEmpty()
            ? List.of(new Document(new Location(file, line), content, lines))
            : List.<Document>of();
    return new Manifests(documents, faults);
  }

  /** Only the faults. */
  Manifests failed() {
    return new Manifests(List.of(), faults);
  }
}
