package io.meshbridge.fourth;

import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The catalog on disk. Its last line is {@code end}; without it somebody is still writing. */
record CatalogFile(Path path) {
  private static final String END = "end";

  /**
   * All lines before the end.
   *
   * @throws IOException also if the file was cut: then nothing follows from what it lacks
   */
  List<CatalogLine> read() throws IOException {
    var texts = Files.readAllLines(path);
    if (texts.isEmpty() || !texts.getLast().equals(END)) {
      throw new EOFException(path + " does not end with the line '" + END + "'");
    }
    return texts.subList(0, texts.size() - 1).stream().map(CatalogLine::new).toList();
  }

  /** The lines that say something, as native objects. */
  List<Document> documents() throws IOException {
    var lines = read();
    var documents = new ArrayList<Document>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isSilent()) {
        documents.add(lines.get(i).document(new Location(path.toString(), i + 1)));
      }
    }
    return documents;
  }

  /** Replaces the file in one step: a reader sees the old one or the new one. */
  void write(List<CatalogLine> lines) throws IOException {
    var texts = new ArrayList<>(lines.stream().map(CatalogLine::text).toList());
    texts.add(END);
    var temporary = path.resolveSibling("." + path.getFileName() + ".new");
    Files.write(temporary, texts);
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
