package io.meshbridge.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page ended: the key of its last item. So what is added or removed elsewhere between two
 * requests neither hides an item that stays nor shows one twice.
 *
 * @param elements of the key, as they sort
 */
record PageToken(List<String> elements) implements Comparable<PageToken> {
  /** Names hold no control characters, so this one tells elements apart. */
  private static final String SEPARATOR = "\n";

  private static final String VERSION = "1";

  PageToken {
    elements = List.copyOf(elements);
  }

  /** As given to clients, who are to make nothing of it. */
  String text() {
    var plain = VERSION + SEPARATOR + String.join(SEPARATOR, elements);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @param size how many elements the key has
   * @return empty if it is none that {@link #text} wrote for such a key
   */
  static Optional<PageToken> parse(String text, int size) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      var parts = Arrays.asList(plain.split(SEPARATOR, -1));
      return parts.size() == size + 1 && parts.getFirst().equals(VERSION)
          ? Optional.of(new PageToken(parts.subList(1, parts.size())))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(PageToken other) {
    for (int i = 0; i < Math.min(elements.size(), other.elements.size()); i++) {
      int order = elements.get(i).compareTo(other.elements.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(elements.size(), other.elements.size());
  }
}
