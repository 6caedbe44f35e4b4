package io.meshbridge.adapter.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON documents: one, several one after the other, or a list of them. */
final class JsonDocumentsReader {
  private final String file;
  private final Limits limits;
  private final JsonParser parser;
  private final List<Manifests> found = new ArrayList<>();

  private JsonDocumentsReader(String file, Limits limits, JsonParser parser) {
    this.file = file;
    this.limits = limits;
    this.parser = parser;
  }

  static Manifests read(String file, String text, Limits limits) {
    try (var parser = factory(limits).createParser(text)) {
      var reader = new JsonDocumentsReader(file, limits, parser);
      reader.readAll();
      return Manifests.of(reader.found);
    } catch (IOException impossible) {
      throw new IllegalStateException("text in memory cannot fail to be read", impossible);
    }
  }

  private static JsonFactory factory(Limits limits) {
    return JsonFactory.builder()
        // Names come from strangers: interning them would keep them for ever.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth() + 1)
                .maxStringLength(limits.fileBytes())
                .maxNameLength(limits.fileBytes())
                .build())
        .build();
  }

  private void readAll() throws IOException {
    var draft = new Draft(file, limits);
    try {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            document();
          }
        } else {
          document();
        }
      }
      return;
    } catch (UnreadableDocumentException unreadable) {
      draft.fault(unreadable);
    } catch (JsonProcessingException malformed) {
      draft.fault(
          "",
          Math.max(0, malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr()),
          "is not JSON: " + malformed.getOriginalMessage() + "; what follows is not read");
    }
    found.add(draft.failed());
  }

  private void document() throws IOException, UnreadableDocumentException {
    var draft = new Draft(file, limits);
    int line = line();
    if (found.size() >= limits.documents()) {
      throw new UnreadableDocumentException(
          "", line, "holds more than " + limits.documents() + " documents: split it");
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> found.add(draft.finish(line, object(draft, "", 0)));
      case VALUE_NULL -> {
        // An empty document, as in YAML.
      }
      case JsonToken other -> {
        draft.fault("", line, "must be an object with fields, but is " + other.name());
        parser.skipChildren();
        found.add(draft.failed());
      }
    }
  }

  private Map<String, Object> object(Draft draft, String path, int depth)
      throws IOException, UnreadableDocumentException {
    draft.spend(1, depth, path, line());
    var fields = new LinkedHashMap<String, Object>();
    var seen = new HashMap<String, Integer>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      int line = line();
      var child = Draft.field(path, key);
      draft.at(child, line);
      var first = seen.putIfAbsent(key, line);
      if (first != null) {
        draft.duplicate(child, key, line, first);
      }
      parser.nextToken();
      value(draft, child, depth + 1).ifPresent(value -> fields.put(key, value));
    }
    return fields;
  }

  private List<Object> array(Draft draft, String path, int depth)
      throws IOException, UnreadableDocumentException {
    draft.spend(1, depth, path, line());
    var items = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var item = Draft.item(path, items.size());
      draft.at(item, line());
      value(draft, item, depth + 1).ifPresent(items::add);
    }
    return items;
  }

  private Optional<Object> value(Draft draft, String path, int depth)
      throws IOException, UnreadableDocumentException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Optional.of(object(draft, path, depth));
      case START_ARRAY -> Optional.of(array(draft, path, depth));
      case JsonToken scalar -> {
        draft.spend(1, depth, path, line());
        yield scalar(scalar);
      }
    };
  }

  private Optional<Object> scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_NULL -> Optional.empty();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          Optional.of(CoreSchema.numberOrText(parser.getText()));
      default -> Optional.of(parser.getText());
    };
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
