package io.meshbridge.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The leaves of one kind, in the order of its schema: a line for each, and comments.
 *
 * @param comment what they were made from
 */
record LeafList(String comment, List<Leaf> leaves) {
  LeafList {
    leaves = List.copyOf(leaves);
  }

  /**
   * @throws IllegalArgumentException if a line is no leaf, or two are the same
   */
  static LeafList parse(String text) {
    var lines = text.lines().filter(line -> !line.isBlank()).toList();
    var comment =
        lines.stream().filter(LeafList::isComment).map(line -> line.substring(1).strip()).toList();
    var leaves = lines.stream().filter(line -> !isComment(line)).map(Leaf::parse).toList();
    if (leaves.stream().map(Leaf::path).distinct().count() != leaves.size()) {
      throw new IllegalArgumentException("a leaf stands in the list twice");
    }
    return new LeafList(String.join(" ", comment), leaves);
  }

  /** The list that the project keeps of a kind. */
  static LeafList of(PolicyKind kind) throws IOException {
    return parse(Files.readString(file(kind)));
  }

  static Path file(PolicyKind kind) {
    return MappingFiles.resource("leaves/" + kind.id() + ".txt");
  }

  String text() {
    var text = new StringBuilder("# " + comment + "\n");
    leaves.forEach(leaf -> text.append(leaf.line()).append('\n'));
    return text.toString();
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }
}
