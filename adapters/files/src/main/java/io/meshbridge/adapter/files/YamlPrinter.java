package io.meshbridge.adapter.files;

import java.util.List;
import java.util.Map;

/** Prints a tree of maps and lists as block YAML, two blanks per level. */
final class YamlPrinter {
  /** YAML takes a longer key for something else unless it is announced. */
  private static final int MAX_KEY = 1_000;

  private final StringBuilder out = new StringBuilder();

  private YamlPrinter() {}

  static String print(Map<String, Object> content) {
    var printer = new YamlPrinter();
    if (content.isEmpty()) {
      return "{}\n";
    }
    printer.fields(content, 0);
    return printer.out.toString();
  }

  private void fields(Map<?, ?> map, int indent) {
    map.forEach(
        (key, value) -> {
          var name = Scalars.yaml(key);
          if (name.length() > MAX_KEY) {
            throw new IllegalArgumentException("a key is longer than " + MAX_KEY + ": " + name);
          }
          out.append(" ".repeat(indent)).append(name).append(':');
          value(value, indent + 2, "\n" + " ".repeat(indent + 2));
        });
  }

  /** The value of a key, or of an item: empty collections and scalars stay on the line. */
  private void value(Object value, int indent, String start) {
    switch (value) {
      case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
      case List<?> list when list.isEmpty() -> out.append(" []\n");
      case Map<?, ?> map -> block(start, indent, () -> fields(map, indent));
      case List<?> list -> block(start, indent, () -> items(list, indent));
      default -> out.append(' ').append(Scalars.yaml(value)).append('\n');
    }
  }

  private void items(List<?> list, int indent) {
    for (Object item : list) {
      out.append(" ".repeat(indent)).append('-');
      value(item, indent + 2, " ");
    }
  }

  /** The first line of a block follows its dash; its own indentation is then there already. */
  private void block(String start, int indent, Runnable lines) {
    out.append(start);
    int from = out.length();
    lines.run();
    out.delete(from, from + indent);
  }
}
