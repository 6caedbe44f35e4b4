package io.meshbridge.adapter.files;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a tree of maps and lists as JSON, two blanks per level. */
final class JsonPrinter {
  private JsonPrinter() {}

  static String print(Map<String, Object> content) {
    return value(content, "\n") + "\n";
  }

  private static String value(Object value, String newline) {
    var inner = newline + "  ";
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() -> "{}";
      case List<?> list when list.isEmpty() -> "[]";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(field -> Scalars.quoted(field.getKey()) + ": " + value(field.getValue(), inner))
              .collect(Collectors.joining("," + inner, "{" + inner, newline + "}"));
      case List<?> list ->
          list.stream()
              .map(item -> value(item, inner))
              .collect(Collectors.joining("," + inner, "[" + inner, newline + "]"));
      default -> Scalars.quoted(value);
    };
  }
}
