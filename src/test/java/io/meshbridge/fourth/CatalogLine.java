package io.meshbridge.fourth;

import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import io.meshbridge.spi.Document;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * One line of the catalog: {@code name address port [export] [mark=value ...]}. A line that says
 * something else is kept as a text; if it begins with a name, that service cannot be read.
 */
record CatalogLine(String text) {
  static final Marks MARKS = new Marks("meshbridge-");
  private static final String EXPORT = "export";

  /** The line of an endpoint, marked as ours. */
  static CatalogLine of(String name, String address, int port, Ownership ownership) {
    var content = new LinkedHashMap<String, Object>();
    content.put("name", name);
    content.put("address", address);
    content.put("port", port);
    content.putAll(ownership.toMarks(MARKS));
    return of(content);
  }

  /** The line that says this. */
  static CatalogLine of(Map<String, Object> content) {
    var words = new StringJoiner(" ");
    content.forEach(
        (key, value) ->
            words.add(
                switch (key) {
                  case "name", "address", "port" -> String.valueOf(value);
                  case EXPORT -> key;
                  default -> key + "=" + encoded(String.valueOf(value));
                }));
    return new CatalogLine(words.toString());
  }

  /** Comments and empty lines say nothing. */
  boolean isSilent() {
    return text.isBlank() || text.startsWith("#");
  }

  String name() {
    return text.strip().split("\\s+", -1)[0];
  }

  Optional<Ownership> ownership() {
    return ownershipIn(content());
  }

  /** As a native object: what the translator reads. */
  Document document(Location location) {
    return new Document(location, content(), Map.of());
  }

  /** The words by what they are: name, address, port, then each mark. */
  Map<String, Object> content() {
    var content = new LinkedHashMap<String, Object>();
    for (String word : text.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      switch (content.size()) {
        case 0 -> content.put("name", word);
        case 1 -> content.put("address", word);
        case 2 -> content.put("port", word);
        default ->
            content.put(
                equals < 0 ? word : word.substring(0, equals),
                equals < 0 ? "" : decoded(word.substring(equals + 1)));
      }
    }
    return content;
  }

  static boolean isExported(Map<String, Object> content) {
    return content.containsKey(EXPORT);
  }

  static Optional<Ownership> ownershipIn(Map<String, Object> content) {
    var marks = new TreeMap<String, String>();
    content.forEach((key, value) -> marks.put(key, String.valueOf(value)));
    return Ownership.fromMarks(MARKS, marks);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
