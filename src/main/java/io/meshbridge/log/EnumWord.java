package io.meshbridge.log;

import java.util.Locale;
import java.util.Optional;

/**
 * How records spell the model's enums: {@code MESH_IDENTITY_REQUIRED} is "mesh-identity-required".
 */
final class EnumWord {
  private EnumWord() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> Optional<E> find(String word, E[] values) {
    for (E value : values) {
      if (of(value).equals(word)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
