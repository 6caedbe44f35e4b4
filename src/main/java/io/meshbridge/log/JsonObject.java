package io.meshbridge.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One object of a record's value, read field by field. Every fault names the field's path. An
 * explicit {@code null} counts as absent.
 */
final class JsonObject {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_DIGITS = 32;
  private static final int SHOWN_CHARACTERS = 80;
  private static final int REASON_CHARACTERS = 500;

  // Strict where a lenient reader and a strict one would see two different policies: in what a
  // field named twice says, and in what follows the value.
  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_DIGITS)
                          .maxStringLength(LogLimits.MAX_RECORD_BYTES)
                          .maxNameLength(LogLimits.MAX_RECORD_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final String path;
  private final ObjectNode node;

  private JsonObject(String path, ObjectNode node) {
    this.path = path;
    this.node = node;
  }

  /** Reads a whole value. */
  static JsonObject parse(byte[] value) throws MalformedValueException {
    if (value.length > LogLimits.MAX_RECORD_BYTES) {
      throw new MalformedValueException(
          "the value has %d bytes, more than %d"
              .formatted(value.length, LogLimits.MAX_RECORD_BYTES));
    }
    try {
      // Decoded here and not by Jackson, which would guess at UTF-16 and UTF-32.
      if (READER.readTree(StrictUtf8.decode(value)) instanceof ObjectNode object) {
        return new JsonObject("", object);
      }
      throw new MalformedValueException("the value is no JSON object");
    } catch (CharacterCodingException notText) {
      throw new MalformedValueException("the value is not UTF-8");
    } catch (JsonProcessingException notJson) {
      throw new MalformedValueException(
          "the value is no JSON: " + excerpt(notJson.getOriginalMessage()));
    }
  }

  String text(String field) throws MalformedValueException {
    return asText(required(field), pathOf(field));
  }

  /** A mesh speaks only for itself: refuses a value that says other than its topic and key. */
  void requireText(String field, String expected) throws MalformedValueException {
    var found = text(field);
    if (!found.equals(expected)) {
      throw wrong(pathOf(field), "'" + expected + "', as topic and key say", found);
    }
  }

  String textOr(String field, String otherwise) throws MalformedValueException {
    return isAbsent(field) ? otherwise : text(field);
  }

  long whole(String field, long min, long max) throws MalformedValueException {
    return asWhole(required(field), pathOf(field), min, max);
  }

  int whole(String field, int min, int max) throws MalformedValueException {
    return Math.toIntExact(whole(field, (long) min, (long) max));
  }

  Instant instant(String field) throws MalformedValueException {
    var text = text(field);
    try {
      return Instant.parse(text);
    } catch (DateTimeException noInstant) {
      throw wrong(pathOf(field), "a time such as 2026-11-22T12:00:00Z", text);
    }
  }

  <E extends Enum<E>> E word(String field, E[] values) throws MalformedValueException {
    var text = text(field);
    var value = EnumWord.find(text, values);
    if (value.isEmpty()) {
      throw wrong(pathOf(field), "a word that this version knows", text);
    }
    return value.get();
  }

  /** A word inside a policy: one that is not known is not malformed, but newer. */
  <E extends Enum<E>> E policyWord(String field, E[] values)
      throws MalformedValueException, NotUnderstoodException {
    var text = text(field);
    var value = EnumWord.find(text, values);
    if (value.isEmpty()) {
      throw new NotUnderstoodException(
          "%s is '%s', which this version does not know".formatted(pathOf(field), excerpt(text)));
    }
    return value.get();
  }

  JsonObject object(String field) throws MalformedValueException {
    return asObject(required(field), pathOf(field));
  }

  List<JsonObject> objects(String field) throws MalformedValueException {
    var objects = new ArrayList<JsonObject>();
    for (JsonNode item : items(field)) {
      objects.add(asObject(item, pathOf(field) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  List<String> texts(String field) throws MalformedValueException {
    var texts = new ArrayList<String>();
    for (JsonNode item : items(field)) {
      texts.add(asText(item, pathOf(field) + "[" + texts.size() + "]"));
    }
    return texts;
  }

  SortedMap<String, String> textMap(String field) throws MalformedValueException {
    var texts = new TreeMap<String, String>();
    for (var entry : members(field)) {
      texts.put(entry.getKey(), asText(entry.getValue(), pathOf(field) + "." + entry.getKey()));
    }
    return texts;
  }

  SortedMap<String, Integer> wholeMap(String field, int min, int max)
      throws MalformedValueException {
    var numbers = new TreeMap<String, Integer>();
    for (var entry : members(field)) {
      var at = pathOf(field) + "." + entry.getKey();
      numbers.put(entry.getKey(), Math.toIntExact(asWhole(entry.getValue(), at, min, max)));
    }
    return numbers;
  }

  /** The field as it stands, for a reader of its own. */
  JsonNode raw(String field) throws MalformedValueException {
    return required(field);
  }

  /** Whether the field says nothing: absent, null, or an empty object or list. */
  boolean saysNothing(String field) {
    return isAbsent(field) || (node.get(field).isContainerNode() && node.get(field).isEmpty());
  }

  boolean isAbsent(String field) {
    var value = node.get(field);
    return value == null || value.isNull();
  }

  /** Must-understand: refuses every field but these. */
  void requireOnly(Set<String> known) throws NotUnderstoodException {
    for (var entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new NotUnderstoodException(
            "%s is a field that this version does not know"
                .formatted(excerpt(pathOf(entry.getKey()))));
      }
    }
  }

  /** Text from a stranger, fit for a reason: short and without control characters. */
  static String excerpt(String text) {
    return cut(text, SHOWN_CHARACTERS);
  }

  /** A whole reason, fit for a line of a log. */
  static String printable(String reason) {
    return cut(reason, REASON_CHARACTERS);
  }

  private static String cut(String text, int length) {
    // Cut first: the text may be a megabyte.
    var start = text.substring(0, Math.min(text.length(), length)).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= length ? start : start + "...";
  }

  String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private JsonNode required(String field) throws MalformedValueException {
    if (isAbsent(field)) {
      throw new MalformedValueException(pathOf(field) + " is missing");
    }
    return node.get(field);
  }

  /** The items of a list; none if the field is absent. */
  private Iterable<JsonNode> items(String field) throws MalformedValueException {
    if (isAbsent(field)) {
      return List.of();
    }
    var list = node.get(field);
    if (!list.isArray()) {
      throw wrong(pathOf(field), "a list", list.toString());
    }
    return list;
  }

  /** The members of an object that serves as a map; none if the field is absent. */
  private Iterable<Map.Entry<String, JsonNode>> members(String field)
      throws MalformedValueException {
    return isAbsent(field) ? Set.of() : object(field).node.properties();
  }

  private static JsonObject asObject(JsonNode value, String path) throws MalformedValueException {
    if (value instanceof ObjectNode object) {
      return new JsonObject(path, object);
    }
    throw wrong(path, "an object", value.toString());
  }

  private static String asText(JsonNode value, String path) throws MalformedValueException {
    if (!value.isTextual()) {
      throw wrong(path, "a text", value.toString());
    }
    return value.textValue();
  }

  private static long asWhole(JsonNode value, String path, long min, long max)
      throws MalformedValueException {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw wrong(path, "a whole number from " + min + " to " + max, value.toString());
    }
    return value.longValue();
  }

  private static MalformedValueException wrong(String path, String expected, String found) {
    return new MalformedValueException(
        "%s must be %s, but is '%s'".formatted(excerpt(path), expected, excerpt(found)));
  }
}
