package io.meshbridge.examples;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A record's key: {@code v1/<part>/...}, each element percent-encoded.
 *
 * @param part such as {@code export}; empty if the key is none of version 1
 * @param elements what stands behind it, decoded
 */
record Key(String part, List<String> elements) {
  private static final Pattern ELEMENT = Pattern.compile("([-A-Za-z0-9._*]|%[0-9A-F]{2})+");

  static final Comparator<Key> ORDER =
      Comparator.comparing(Key::part).thenComparing(key -> String.join("/", key.elements()));

  static Key parse(String text) {
    var parts = List.of(text.split("/", -1));
    if (parts.size() < 2
        || !parts.getFirst().equals("v1")
        || !parts.stream().allMatch(element -> ELEMENT.matcher(element).matches())) {
      return new Key("", List.of());
    }
    var decoded =
        Arrays.stream(text.split("/", -1))
            .skip(2)
            .map(element -> URLDecoder.decode(element, StandardCharsets.UTF_8))
            .toList();
    return new Key(parts.get(1), decoded);
  }

  /** Whether it names this part, by so many elements. */
  boolean is(String wanted, int count) {
    return part.equals(wanted) && elements.size() == count;
  }
}
