package io.meshbridge.mapping;

import java.util.List;
import java.util.Locale;

/**
 * A field of a kind of native objects that holds a value and no further fields.
 *
 * @param path where it stands
 * @param type of its value
 * @param words the values that an enumeration allows; none for other types
 */
record Leaf(LeafPath path, Type type, List<String> words) {
  /** What a leaf holds. */
  enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DURATION,
    ENUM,
    /** An object whose fields no schema tells. */
    OBJECT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Leaf {
    words = List.copyOf(words);
  }

  /**
   * Reads a line of a list, such as {@code spec.http[].timeout duration}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Leaf parse(String line) {
    var parts = List.of(line.split(" ", -1));
    if (parts.size() < 2) {
      throw new IllegalArgumentException("'" + line + "' is no leaf: path and type are expected");
    }
    var type = Type.valueOf(parts.get(1).toUpperCase(Locale.ROOT));
    return new Leaf(LeafPath.parse(parts.getFirst()), type, parts.subList(2, parts.size()));
  }

  /** As it stands in a list. */
  String line() {
    var line = path + " " + type.word();
    return words.isEmpty() ? line : line + " " + String.join(" ", words);
  }
}
