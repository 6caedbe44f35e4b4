package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Paths into nested maps and lists, such as {@code spec.http[0].timeout}. Names of fields may hold
 * dots themselves, as the keys of annotations do; so a path is followed along the fields that are
 * there, and never taken apart on its own.
 */
final class DocumentPaths {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,6})\\](.*)", Pattern.DOTALL);

  private DocumentPaths() {}

  /** Every value that holds no other, by its path, in the order of the document. */
  static SequencedMap<String, Object> leaves(Map<String, ?> document) {
    var leaves = new LinkedHashMap<String, Object>();
    collect(document, "", leaves);
    return leaves;
  }

  /** What stands at the path. */
  static Optional<Object> find(Object node, String path) {
    if (path.isEmpty()) {
      return Optional.of(node);
    }
    return switch (node) {
      case Map<?, ?> map -> field(map, path).flatMap(at -> find(at.value(), at.rest()));
      case List<?> list -> element(list, path).flatMap(at -> find(list.get(at.index()), at.rest()));
      default -> Optional.empty();
    };
  }

  /**
   * The document with something else at the path; the document itself stays as it is.
   *
   * @param change what shall stand there; empty to take it away
   */
  static Map<String, Object> changed(
      Map<String, Object> document, String path, Function<Object, Optional<Object>> change) {
    var copy = new LinkedHashMap<String, Object>();
    if (change(document, path, change).orElse(Map.of()) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }

  private static Optional<Object> change(
      Object node, String path, Function<Object, Optional<Object>> change) {
    if (path.isEmpty()) {
      return change.apply(node);
    }
    return switch (node) {
      case Map<?, ?> map -> Optional.of(changedMap(map, path, change));
      case List<?> list -> Optional.of(changedList(list, path, change));
      default -> Optional.of(node);
    };
  }

  private static Map<Object, Object> changedMap(
      Map<?, ?> map, String path, Function<Object, Optional<Object>> change) {
    var copy = new LinkedHashMap<Object, Object>(map);
    field(map, path)
        .ifPresent(
            at -> {
              var value = change(at.value(), at.rest(), change);
              value.ifPresentOrElse(
                  other -> copy.put(at.key(), other), () -> copy.remove(at.key()));
            });
    return copy;
  }

  private static List<Object> changedList(
      List<?> list, String path, Function<Object, Optional<Object>> change) {
    var copy = new ArrayList<Object>(list);
    element(list, path)
        .ifPresent(
            at -> {
              var value = change(list.get(at.index()), at.rest(), change);
              value.ifPresentOrElse(
                  other -> copy.set(at.index(), other), () -> copy.remove(at.index()));
            });
    return copy;
  }

  private record Element(int index, String rest) {}

  private static Optional<Element> element(List<?> list, String path) {
    var matcher = INDEX.matcher(path);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) < list.size()
        ? Optional.of(new Element(Integer.parseInt(matcher.group(1)), rest(matcher.group(2), 0)))
        : Optional.empty();
  }

  private record Field(Object key, Object value, String rest) {}

  /** The longest field with which the path begins. */
  private static Optional<Field> field(Map<?, ?> map, String path) {
    var longest = "";
    var found = Optional.<Field>empty();
    for (var entry : map.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (name.length() > longest.length() && begins(path, name)) {
        longest = name;
        found = Optional.of(new Field(entry.getKey(), entry.getValue(), rest(path, name.length())));
      }
    }
    return found;
  }

  private static boolean begins(String path, String name) {
    return path.startsWith(name)
        && (path.length() == name.length()
            || path.charAt(name.length()) == '.'
            || path.charAt(name.length()) == '[');
  }

  private static String rest(String path, int from) {
    var rest = path.substring(from);
    return rest.startsWith(".") ? rest.substring(1) : rest;
  }

  private static void collect(Object node, String path, Map<String, Object> leaves) {
    switch (node) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach(
              (key, value) -> collect(value, path.isEmpty() ? "" + key : path + "." + key, leaves));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          collect(list.get(i), path + "[" + i + "]", leaves);
        }
      }
      default -> leaves.put(path, node);
    }
  }
}
