package io.meshbridge.api;

import io.meshbridge.looking.DiffPrinter;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.translation.ObjectChange;
import io.meshbridge.translation.ObjectChange.Added;
import io.meshbridge.translation.ObjectChange.Changed;
import io.meshbridge.translation.ObjectChange.Removed;
import io.meshbridge.translation.ObjectChange.Taken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would become of one object of a mesh, as REST tells it. */
@Schema(name = "Change", description = "What would become of one object.")
record ChangeView(
    @Schema(description = "The object.", examples = "ServiceEntry meshbridge-imports/web-dc1")
        String object,
    @Schema(
            description =
                "What would become of it; in a conflict it is somebody else's, and stays.",
            enumeration = {"added", "changed", "removed", "conflict"})
        String change,
    @Schema(description = "The difference, as diff -u shows it; empty in a conflict.") String diff,
    @Schema(description = "In a conflict: the service whose import would not be written.")
        String service) {
  private static final DiffPrinter PRINTER = new DiffPrinter.Unified();

  /**
   * @param text how the target's documents are printed
   */
  static ChangeView of(ObjectChange change, Function<NativeDocument, String> text) {
    return switch (change) {
      case Added added ->
          different(
              added, "added", DiffPrinter.NOTHING, "", added.object(), text.apply(added.after()));
      case Changed changed ->
          different(
              changed,
              "changed",
              changed.at().toString(),
              text.apply(changed.before()),
              changed.object(),
              text.apply(changed.after()));
      case Removed removed ->
          different(
              removed,
              "removed",
              removed.at().toString(),
              text.apply(removed.before()),
              DiffPrinter.NOTHING,
              "");
      case Taken taken ->
          new ChangeView(taken.object(), "conflict", "", taken.service().toString());
    };
  }

  private static ChangeView different(
      ObjectChange change,
      String word,
      String beforeName,
      String before,
      String afterName,
      String after) {
    var diff = new StringWriter();
    try (var out = new PrintWriter(diff)) {
      PRINTER.print(beforeName, before, afterName, after, out);
    }
    return new ChangeView(change.object(), word, diff.toString(), "");
  }
}
