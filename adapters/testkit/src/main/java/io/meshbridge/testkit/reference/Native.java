package io.meshbridge.testkit.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value in a native document, and where it stands. What is not there is an empty value.
 *
 * @param path such as {@code spec.http[0]}; empty for the document
 * @param value a map, list, text, number or boolean
 */
record Native(String path, @Nullable Object value) {
  static Native of(Map<String, Object> document) {
    return new Native("", document);
  }

  /** The field, in whichever case it is spelled, with or without underscores. */
  Native at(String field) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        var key = String.valueOf(entry.getKey());
        if (isSame(key, field)) {
          return new Native(path.isEmpty() ? key : path + "." + key, entry.getValue());
        }
      }
    }
    return new Native(path.isEmpty() ? field : path + "." + field, null);
  }

  /** A field below a field, and so on. */
  Native at(String first, String... more) {
    var found = at(first);
    for (String field : more) {
      found = found.at(field);
    }
    return found;
  }

  /** The entry of a map whose keys are people's own. */
  Native entry(String key) {
    var found = value instanceof Map<?, ?> map ? map.get(key) : null;
    return new Native(path + "." + key, found);
  }

  boolean exists() {
    return value != null;
  }

  boolean isEmpty() {
    return value == null
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  String text() {
    return value == null || value instanceof Map || value instanceof List
        ? ""
        : String.valueOf(value);
  }

  String textOr(String other) {
    return text().isEmpty() ? other : text();
  }

  boolean isTrue() {
    return text().equals("true");
  }

  int number(int other) {
    return text().isEmpty() ? other : decimal().intValue();
  }

  BigDecimal decimal() {
    return text().isEmpty() ? BigDecimal.ZERO : new BigDecimal(text());
  }

  Optional<BigDecimal> decimalIfGiven() {
    return exists() ? Optional.of(decimal()) : Optional.empty();
  }

  List<Native> list() {
    var elements = new ArrayList<Native>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        elements.add(new Native(path + "[" + i + "]", list.get(i)));
      }
    }
    return elements;
  }

  List<String> texts() {
    return list().stream().map(Native::text).toList();
  }

  /** The entries of a map whose keys are people's own, in the order in which they stand. */
  Map<String, Native> entries() {
    var entries = new LinkedHashMap<String, Native>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, element) ->
              entries.put(String.valueOf(key), new Native(path + "." + key, element)));
    }
    return entries;
  }

  /** The same, as plain values. */
  Map<String, Object> entriesAsValues() {
    var entries = new LinkedHashMap<String, Object>();
    entries()
        .forEach(
            (key, element) -> {
              var content = element.value();
              if (content != null) {
                entries.put(key, content);
              }
            });
    return entries;
  }

  SortedMap<String, String> textEntries() {
    var entries = new TreeMap<String, String>();
    entries().forEach((key, element) -> entries.put(key, element.text()));
    return entries;
  }

  private static boolean isSame(String one, String other) {
    return one.length() == other.length()
        ? one.equalsIgnoreCase(other)
        : one.indexOf('_') >= 0 && plain(one).equals(plain(other));
  }

  private static String plain(String field) {
    return field.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
