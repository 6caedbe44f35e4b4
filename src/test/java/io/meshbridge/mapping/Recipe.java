package io.meshbridge.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the samples of some leaves are made.
 *
 * @param leaves the leaves that it is for, with {@code *} for any name and {@code **} for any path
 * @param in the field on the way to the leaf into whose object {@code drop} and {@code with} act;
 *     empty for the whole object
 * @param drop fields of that object that go
 * @param with what comes into that object
 * @param value of the leaf; empty for one by its type
 * @param instead the value of the leaf in the other document; empty if it is not there
 * @param otherwise what comes into that object in the other document
 * @param absent the field on the way to the leaf that is not there in the other document; empty for
 *     the leaf itself
 * @param key of the maps on the way to the leaf; empty for the book's own
 * @param extras names of other objects that belong to the sample
 */
record Recipe(
    List<Pattern> leaves,
    String in,
    List<String> drop,
    Map<?, ?> with,
    Optional<Object> value,
    Optional<Object> instead,
    Map<?, ?> otherwise,
    String absent,
    String key,
    List<String> extras) {

  static Recipe of(Map<?, ?> written) {
    return new Recipe(
        texts(written, "for").stream().map(Recipe::pattern).toList(),
        text(written, "in"),
        texts(written, "drop"),
        Tree.object(written, "with"),
        Optional.ofNullable(written.get("value")),
        Optional.ofNullable(written.get("instead")),
        Tree.object(written, "otherwise"),
        text(written, "absent"),
        text(written, "key"),
        texts(written, "extras"));
  }

  boolean isFor(Leaf leaf) {
    var path = leaf.path().toString();
    return leaves.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern pattern(String glob) {
    var parts = List.of(glob.split("\\*\\*", -1));
    return Pattern.compile(
        parts.stream().map(Recipe::withinOneName).collect(Collectors.joining(".*")));
  }

  private static String withinOneName(String glob) {
    return List.of(glob.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining("[^.]*"));
  }

  private static String text(Map<?, ?> written, String name) {
    return Optional.ofNullable(written.get(name)).map(Object::toString).orElse("");
  }

  /** A list of texts, or a single one. */
  private static List<String> texts(Map<?, ?> written, String name) {
    return switch (written.get(name)) {
      case null -> List.of();
      case List<?> list -> list.stream().map(Object::toString).toList();
      case Object single -> List.of(single.toString());
    };
  }
}
