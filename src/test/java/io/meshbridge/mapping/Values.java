package io.meshbridge.mapping;

import java.util.Map;

/** A value for a leaf that needs no special one. */
final class Values {
  private Values() {}

  static Object of(Leaf leaf) {
    return switch (leaf.type()) {
      case STRING -> "sample";
      case INTEGER -> 3;
      case NUMBER -> 2.5;
      case BOOLEAN -> true;
      case DURATION -> "7s";
      // The first is often the default.
      case ENUM -> leaf.words().getLast();
      case OBJECT -> Map.of("sample", "value");
    };
  }
}
