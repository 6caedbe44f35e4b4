package io.meshbridge.adapter.files;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** Which documents a translator could not read. */
final class Errors {
  private Errors() {}

  static List<Diagnostic> of(Reading reading) {
    return reading.diagnostics().stream()
        .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
        .toList();
  }

  /**
   * Whether more documents are broken than services are named as unreadable. Then one of them may
   * have held a service that nobody can name any more, and its absence proves nothing.
   */
  static boolean hideServices(Reading reading, List<Document> documents) {
    var starts = new HashSet<Location>();
    var byFile = new TreeMap<String, TreeMap<Integer, Location>>();
    for (Document document : documents) {
      var location = document.location();
      byFile
          .computeIfAbsent(location.file(), file -> new TreeMap<>())
          .put(location.line(), location);
    }
    for (Diagnostic error : of(reading)) {
      var inFile = byFile.getOrDefault(error.location().file(), new TreeMap<>());
      var start = inFile.floorEntry(error.location().line());
      starts.add(start == null ? error.location() : start.getValue());
    }
    return starts.size() > reading.unreadable().size();
  }
}
