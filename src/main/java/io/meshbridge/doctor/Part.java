package io.meshbridge.doctor;

import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A part of a document as somebody wrote it. Nothing here fails: what is not there, or is of
 * another kind than was asked for, is empty.
 *
 * @param path where it stands, or would stand
 * @param name the field that it is of the map around it; empty for an element of a list
 * @param value what stands there
 */
record Part(Document document, String path, String name, Optional<Object> value) {
  static Part of(Document document) {
    return new Part(document, "", "", Optional.of(document.content()));
  }

  boolean exists() {
    return value.isPresent();
  }

  /** A field in any of the spellings that Consul takes: CamelCase, camelCase, snake_case. */
  Part at(String field) {
    var below = new Part(document, join(field), field, Optional.empty());
    if (!(value.orElse("") instanceof Map<?, ?> map)) {
      return below;
    }
    var exact = map.get(field);
    return exact != null
        ? new Part(document, join(field), field, Optional.of(exact))
        : fields()
            .filter(each -> canonical(each.name()).equals(canonical(field)))
            .findFirst()
            .orElse(below);
  }

  /** A field of a field, and so on. */
  Part at(String first, String... more) {
    var part = at(first);
    for (String field : more) {
      part = part.at(field);
    }
    return part;
  }

  /** All fields of a map. */
  Stream<Part> fields() {
    return value.orElse("") instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(
                entry ->
                    new Part(
                        document,
                        join(String.valueOf(entry.getKey())),
                        String.valueOf(entry.getKey()),
                        Optional.ofNullable(entry.getValue())))
        : Stream.empty();
  }

  /** All elements of a list. */
  Stream<Part> items() {
    return value.orElse("") instanceof List<?> list
        ? IntStream.range(0, list.size())
            .mapToObj(
                i -> new Part(document, path + "[" + i + "]", "", Optional.ofNullable(list.get(i))))
        : Stream.empty();
  }

  /** All fields of that name here and below. */
  Stream<Part> everywhere(String field) {
    var below = Stream.concat(fields(), items()).flatMap(part -> part.everywhere(field));
    var here = at(field);
    return here.exists() ? Stream.concat(Stream.of(here), below) : below;
  }

  /** A text, number or boolean as text; empty if it is none. */
  String text() {
    return switch (value.orElse("")) {
      case Map<?, ?> ignored -> "";
      case List<?> ignored -> "";
      case Object scalar -> scalar.toString();
    };
  }

  Location location() {
    return document.locationOf(path);
  }

  private String join(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static String canonical(String field) {
    return field.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
