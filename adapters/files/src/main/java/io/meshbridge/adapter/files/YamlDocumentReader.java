package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.YamlChunks.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document from the parser's events: these know their lines, and nothing is built
 * that was not counted first, which is what stops a bomb of aliases.
 */
final class YamlDocumentReader {
  private static final String MERGE = "<<";

  private final Chunk chunk;
  private final Draft draft;
  private final ParserImpl parser;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int deepest;

  private YamlDocumentReader(Chunk chunk, Draft draft) {
    this.chunk = chunk;
    this.draft = draft;
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(chunk.text()), options);
  }

  /** A value that aliases may repeat, how many values it holds, and how many levels. */
  private record Anchored(Optional<Object> value, int nodes, int height) {}

  static Manifests read(String file, Chunk chunk, Limits limits) {
    var draft = new Draft(file, limits);
    if (chunk.longestLine() > limits.lineLength()) {
      draft.fault(
          "",
          chunk.firstLine(),
          "has a line of more than " + limits.lineLength() + " characters: fold it");
      return draft.failed();
    }
    try {
      return new YamlDocumentReader(chunk, draft).document();
    } catch (UnreadableDocumentException unreadable) {
      draft.fault(unreadable);
    } catch (MarkedYAMLException malformed) {
      var mark = Optional.ofNullable(malformed.getProblemMark());
      draft.fault(
          "",
          chunk.firstLine() + mark.map(found -> found.getLine()).orElse(0),
          "is not YAML: " + malformed.getProblem() + "; expected fields such as 'kind: Service'");
    } catch (ReaderException unprintable) {
      draft.fault(
          "",
          lineOf(chunk, unprintable.getPosition()),
          "is not YAML: character U+"
              + Integer.toHexString(unprintable.getCodePoint())
              + " must be written as an escape in a quoted text");
    } catch (RuntimeException parserGaveUp) {
      // Some malformed escapes and numbers end the parser in exceptions of the JDK. Whatever it is,
      // it is about this text, and must not cost more than this document.
      draft.fault("", chunk.firstLine(), "is not YAML: " + parserGaveUp.getMessage());
    }
    return draft.failed();
  }

  private Manifests document() throws UnreadableDocumentException {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Manifests.NONE;
    }
    parser.getEvent();
    var root = parser.getEvent();
    var value = node(root, "", 0);
    // Also reads what follows: a second root is a fault of this text.
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new UnreadableDocumentException(
          "", line(parser.peekEvent()), "goes on after its end: separate documents by a line ---");
    }
    if (value.isEmpty()) {
      return draft.failed();
    }
    if (value.get() instanceof Map<?, ?> map) {
      return draft.finish(line(root), textKeys(map));
    }
    draft.fault("", line(root), "must be a mapping of fields, but is " + Words.of(value.get()));
    return draft.failed();
  }

  private Optional<Object> node(Event event, String path, int depth)
      throws UnreadableDocumentException {
    int before = draft.spent();
    int deepestBefore = deepest;
    deepest = depth;
    if (event instanceof AliasEvent alias) {
      return aliased(alias, path, depth, deepestBefore);
    }
    draft.spend(1, depth, path, line(event));
    var value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, path);
          case MappingStartEvent mapping -> Optional.<Object>of(mapping(mapping, path, depth));
          case CollectionStartEvent sequence ->
              Optional.<Object>of(sequence(sequence, path, depth));
          default -> throw new UnreadableDocumentException(path, line(event), "has no value here");
        };
    var anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(value, draft.spent() - before, deepest - depth));
    }
    deepest = Math.max(deepest, deepestBefore);
    return value;
  }

  private Optional<Object> aliased(AliasEvent alias, String path, int depth, int deepestBefore)
      throws UnreadableDocumentException {
    var target = anchors.get(alias.getAnchor());
    if (target == null) {
      throw new UnreadableDocumentException(
          path, line(alias), "alias *" + alias.getAnchor() + " has no anchor that ends before it");
    }
    draft.spend(target.nodes(), depth + target.height(), path, line(alias));
    deepest = Math.max(deepestBefore, depth + target.height());
    return target.value();
  }

  private Optional<Object> scalar(ScalarEvent scalar, String path)
      throws UnreadableDocumentException {
    return YamlTags.value(scalar)
        .orElseThrow(
            () ->
                new UnreadableDocumentException(
                    path,
                    line(scalar),
                    "'" + scalar.getValue() + "' cannot have the tag " + scalar.getTag()))
        .value();
  }

  private List<Object> sequence(CollectionStartEvent start, String path, int depth)
      throws UnreadableDocumentException {
    requireTag(YamlTags.isSequence(start.getTag()), start, path);
    var items = new ArrayList<Object>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      var event = parser.getEvent();
      var item = Draft.item(path, items.size());
      draft.at(item, line(event));
      node(event, item, depth + 1).ifPresent(items::add);
    }
    parser.getEvent();
    return items;
  }

  private Map<String, Object> mapping(MappingStartEvent start, String path, int depth)
      throws UnreadableDocumentException {
    requireTag(YamlTags.isMapping(start.getTag()), start, path);
    var fields = new LinkedHashMap<String, Object>();
    var seen = new HashMap<String, Integer>();
    var merged = new ArrayList<Map<String, Object>>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      var event = parser.getEvent();
      var key = key(event, path, depth + 1);
      var child = Draft.field(path, key);
      draft.at(child, line(event));
      var value = node(parser.getEvent(), child, depth + 1);
      if (isMerge(event)) {
        merged.addAll(mergeable(value, child, line(event)));
        continue;
      }
      var first = seen.putIfAbsent(key, line(event));
      if (first != null) {
        draft.duplicate(child, key, line(event), first);
      }
      value.ifPresent(present -> fields.put(key, present));
    }
    parser.getEvent();
    for (Map<String, Object> other : merged) {
      other.forEach(
          (key, value) -> {
            if (!seen.containsKey(key)) {
              fields.putIfAbsent(key, value);
            }
          });
    }
    return fields;
  }

  private String key(Event event, String path, int depth) throws UnreadableDocumentException {
    if (event instanceof ScalarEvent scalar) {
      node(event, path, depth);
      return scalar.getValue();
    }
    throw new UnreadableDocumentException(path, line(event), "a key must be text");
  }

  private static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getValue().equals(MERGE);
  }

  private static List<Map<String, Object>> mergeable(Optional<Object> value, String path, int line)
      throws UnreadableDocumentException {
    var sources = value.orElse(List.of()) instanceof List<?> list ? list : List.of(value.get());
    var maps = new ArrayList<Map<String, Object>>();
    for (Object source : sources) {
      if (!(source instanceof Map<?, ?> map)) {
        throw new UnreadableDocumentException(path, line, "<< can only take in mappings");
      }
      maps.add(textKeys(map));
    }
    return maps;
  }

  private void requireTag(boolean known, CollectionStartEvent start, String path)
      throws UnreadableDocumentException {
    if (!known) {
      throw new UnreadableDocumentException(
          path, line(start), "the tag " + start.getTag() + " means nothing here");
    }
  }

  private static Map<String, Object> textKeys(Map<?, ?> map) {
    var fields = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> fields.put((String) key, value));
    return fields;
  }

  private int line(Event event) {
    return chunk.firstLine() + event.getStartMark().getLine();
  }

  private static int lineOf(Chunk chunk, int position) {
    var before = chunk.text().codePoints().limit(Math.max(0, position));
    return chunk.firstLine() + (int) before.filter(point -> point == '\n').count();
  }
}
