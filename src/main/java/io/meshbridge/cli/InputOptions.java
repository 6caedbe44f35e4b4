package io.meshbridge.cli;

import io.meshbridge.translation.DocumentFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** Which documents a command reads. */
final class InputOptions {
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE|DIR|-",
      description =
          "What to read: a file, a folder with all below it, or standard input. May be given"
              + " again.")
  private List<String> files = List.of();

  /** Whether any were named. */
  boolean isGiven() {
    return !files.isEmpty();
  }

  /** Whether standard input is among them. */
  boolean takesStandardInput() {
    return files.contains(STANDARD_INPUT);
  }

  /** Tells all that is wrong with what was named. */
  void check(List<String> faults) {
    if (files.isEmpty()) {
      faults.add("--file: is missing; name a file, a folder, or '-' for standard input");
    }
    var seen = new HashSet<Object>();
    for (String file : files) {
      if (!file.equals(STANDARD_INPUT) && !Files.exists(Path.of(file))) {
        faults.add("--file: '" + file + "' does not exist");
      } else if (!seen.add(file.equals(STANDARD_INPUT) ? file : Path.of(file).normalize())) {
        faults.add("--file: '" + file + "' is given twice");
      }
    }
  }

  /** Reads them all, in the order in which they were named, each once. */
  DocumentFiles.Read read(DocumentFiles reader, Terminal terminal) {
    var progress = new ProgressBar(terminal);
    var parts = new ArrayList<DocumentFiles.Read>();
    for (String file : files) {
      parts.add(
          file.equals(STANDARD_INPUT)
              ? reader.read(STANDARD_INPUT, terminal.in())
              : reader.read(Path.of(file), progress));
    }
    progress.clear();
    return DocumentFiles.Read.of(parts);
  }
}
