package io.meshbridge.translation;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Native documents in files, as people keep them. */
public interface DocumentFiles {
  /** Told before each file is read. */
  @FunctionalInterface
  interface Progress {
    /** For those who do not want to know. */
    Progress SILENT = (file, number, total) -> {};

    /**
     * A file is about to be read.
     *
     * @param number counted from 1
     */
    void reading(Path file, int number, int total);
  }

  /**
   * What stands in some files.
   *
   * @param documents in the order of the files
   * @param diagnostics of what could not be read
   */
  record Read(List<Document> documents, List<Diagnostic> diagnostics) {
    /** Copies. */
    public Read {
      documents = List.copyOf(documents);
      diagnostics = List.copyOf(diagnostics);
    }

    /** All of these, one after the other. */
    public static Read of(List<Read> parts) {
      return new Read(
          parts.stream().flatMap(part -> part.documents.stream()).toList(),
          parts.stream().flatMap(part -> part.diagnostics.stream()).toList());
    }

    /** Whether every document could be read. */
    public boolean isWhole() {
      return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
  }

  /** Reads a file, or all files in a folder and below it. */
  Read read(Path place, Progress progress);

  /** Reads a stream to its end. */
  Read read(String name, InputStream stream);

  /** Several documents as one text. */
  byte[] write(List<NativeDocument> documents, FileFormat format);
}
