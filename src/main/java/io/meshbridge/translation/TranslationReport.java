package io.meshbridge.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a translation lost and could not read, for people and for machines. */
public record TranslationReport(List<Loss> losses, List<Diagnostic> diagnostics) {
  /** Copies. */
  public TranslationReport {
    losses = List.copyOf(losses);
    diagnostics = List.copyOf(diagnostics);
  }

  /** A line {@code file:line: path: outcome: reason (advice)} for each finding. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    for (Diagnostic diagnostic : diagnostics) {
      lines.add(
          place(diagnostic.location(), diagnostic.path())
              + word(diagnostic)
              + ": "
              + diagnostic.message());
    }
    for (Loss loss : losses) {
      lines.add(
          place(loss.location(), loss.path())
              + loss.outcome().word()
              + ": "
              + loss.reason()
              + (loss.advice().isEmpty() ? "" : " (" + loss.advice() + ")"));
    }
    return lines;
  }

  /** {@code {"losses": [...], "diagnostics": [...]}}. */
  public JsonNode tree() {
    var tree = JsonNodeFactory.instance.objectNode();
    var lost = tree.putArray("losses");
    losses.forEach(
        loss ->
            lost.add(
                placed(loss.location(), loss.path())
                    .put("outcome", loss.outcome().word())
                    .put("reason", loss.reason())
                    .put("advice", loss.advice())));
    var found = tree.putArray("diagnostics");
    diagnostics.forEach(
        diagnostic ->
            found.add(
                placed(diagnostic.location(), diagnostic.path())
                    .put("severity", word(diagnostic))
                    .put("message", diagnostic.message())));
    return tree;
  }

  private static String place(Location location, String path) {
    return location + ": " + (path.isEmpty() ? "" : path + ": ");
  }

  private static ObjectNode placed(Location location, String path) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file", location.file())
        .put("line", location.line())
        .put("path", path);
  }

  private static String word(Diagnostic diagnostic) {
    return diagnostic.severity().name().toLowerCase(Locale.ROOT);
  }
}
