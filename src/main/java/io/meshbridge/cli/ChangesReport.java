package io.meshbridge.cli;

import io.meshbridge.looking.DiffPrinter;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.ObjectChange;
import io.meshbridge.translation.ObjectChange.Added;
import io.meshbridge.translation.ObjectChange.Changed;
import io.meshbridge.translation.ObjectChange.Removed;
import io.meshbridge.translation.ObjectChange.Taken;
import io.meshbridge.translation.TargetChanges;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows what would change: the differences on standard output, the rest on standard error. */
final class ChangesReport {
  private final DocumentFiles files;
  private final FileFormat format;
  private final DiffPrinter printer;
  private final Terminal terminal;

  ChangesReport(DocumentFiles files, FileFormat format, DiffPrinter printer, Terminal terminal) {
    this.files = files;
    this.format = format;
    this.printer = printer;
    this.terminal = terminal;
  }

  void print(TargetChanges changes) {
    changes.changes().forEach(this::print);
    terminal.out().flush();
    terminal.err().println(changes.summary());
    terminal.err().flush();
  }

  private void print(ObjectChange change) {
    switch (change) {
      case Added added ->
          printer.print(
              DiffPrinter.NOTHING, "", added.object(), text(added.after()), terminal.out());
      case Changed changed ->
          printer.print(
              changed.at().toString(),
              text(changed.before()),
              changed.object(),
              text(changed.after()),
              terminal.out());
      case Removed removed ->
          printer.print(
              removed.at().toString(),
              text(removed.before()),
              DiffPrinter.NOTHING,
              "",
              terminal.out());
      case Taken taken ->
          terminal
              .err()
              .println(
                  taken.at()
                      + ": conflict: "
                      + taken.object()
                      + " is somebody else's; nothing of the import of "
                      + taken.service()
                      + " would be written");
    }
  }

  private String text(NativeDocument document) {
    return new String(files.write(List.of(document), format), StandardCharsets.UTF_8);
  }
}
