package io.meshbridge.adapter.files;

import java.util.List;
import java.util.Map;

/** What people call a value. */
final class Words {
  private Words() {}

  static String of(Object value) {
    return switch (value) {
      case Map<?, ?> ignored -> "a mapping";
      case List<?> ignored -> "a list";
      case CharSequence ignored -> "a text";
      case Number number -> "the number " + number;
      default -> value.toString();
    };
  }
}
