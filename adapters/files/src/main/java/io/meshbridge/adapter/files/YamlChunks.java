package io.meshbridge.adapter.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a YAML stream at its document markers before anything is parsed, so that a broken document
 * does not cost its neighbours. That is safe: a line that begins with {@code ---} or {@code ...} is
 * a marker wherever it stands, also inside a block of text.
 */
final class YamlChunks {
  private final List<Chunk> chunks = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private int firstLine = 1;
  private boolean onlyDirectives = true;

  private YamlChunks() {}

  /**
   * At most one document.
   *
   * @param firstLine where it begins in its file, counted from 1
   */
  record Chunk(String text, int firstLine) {
    /** The same text, with the marker at its start, if there is one, replaced by blanks. */
    String withoutMarker() {
      return isMarker(text, "---") ? "   " + text.substring(3) : text;
    }

    int longestLine() {
      return text.lines().mapToInt(String::length).max().orElse(0);
    }
  }

  static List<Chunk> of(String text) {
    var cutter = new YamlChunks();
    int line = 1;
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      cutter.take(text.substring(start, end), line);
      start = end;
      line++;
    }
    cutter.cut(line);
    return List.copyOf(cutter.chunks);
  }

  private void take(String line, int number) {
    // Directives such as %YAML stand before the marker of the document that they belong to.
    if (isMarker(line, "---") && !onlyDirectives) {
      cut(number);
    }
    current.append(line);
    onlyDirectives = onlyDirectives && isDirectiveOrBlank(line);
    if (isMarker(line, "...")) {
      cut(number + 1);
    }
  }

  private void cut(int nextLine) {
    if (!current.toString().isBlank()) {
      chunks.add(new Chunk(current.toString(), firstLine));
    }
    current.setLength(0);
    firstLine = nextLine;
    onlyDirectives = true;
  }

  private static boolean isMarker(String line, String marker) {
    return line.startsWith(marker)
        && (line.length() == marker.length() || Character.isWhitespace(line.charAt(3)));
  }

  private static boolean isDirectiveOrBlank(String line) {
    return line.startsWith("%") || line.isBlank() || line.stripLeading().startsWith("#");
  }
}
