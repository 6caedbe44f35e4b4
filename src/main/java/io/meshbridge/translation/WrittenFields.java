package io.meshbridge.translation;

import io.meshbridge.model.Marks;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.NativeDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All fields of the documents that a translator wrote.
 *
 * @param byObject the values by path, by the reference of their object
 */
record WrittenFields(SequencedMap<String, SequencedMap<String, Object>> byObject) {
  /** Changes with whatever else changes, and so says nothing. */
  private static final List<String> HASHES =
      Stream.of(Marks.KUBERNETES, Marks.CONSUL).map(marks -> marks.of("content-hash")).toList();

  static WrittenFields of(List<NativeDocument> documents) {
    var byObject = new LinkedHashMap<String, SequencedMap<String, Object>>();
    for (NativeDocument document : documents) {
      var reference =
          NativeReference.find(document.content())
              .map(NativeReference::text)
              .orElse(document.name());
      byObject.put(reference, DocumentPaths.leaves(document.content()));
    }
    return new WrittenFields(byObject);
  }

  /** The fields that say something else in the other one, or are not there. */
  List<FieldRef> differencesTo(WrittenFields other) {
    var differences = new LinkedHashSet<FieldRef>();
    var partners = partnersIn(other);
    byObject.forEach(
        (object, fields) ->
            addDifferences(object, fields, partners.getOrDefault(object, Map.of()), differences));
    return List.copyOf(differences);
  }

  /** An object of another name is the same object, if the name is what was changed. */
  private Map<String, Map<String, Object>> partnersIn(WrittenFields other) {
    var partners = new LinkedHashMap<String, Map<String, Object>>();
    var renamed = new ArrayList<>(other.byObject.sequencedKeySet());
    renamed.removeAll(byObject.keySet());
    for (String object : byObject.sequencedKeySet()) {
      var same = other.byObject.get(object);
      if (same != null) {
        partners.put(object, same);
      } else if (!renamed.isEmpty()) {
        partners.put(object, other.byObject.getOrDefault(renamed.removeFirst(), none()));
      }
    }
    return partners;
  }

  private static SequencedMap<String, Object> none() {
    return new LinkedHashMap<>();
  }

  private static void addDifferences(
      String object,
      Map<String, Object> fields,
      Map<String, Object> others,
      Set<FieldRef> differences) {
    fields.forEach(
        (path, value) -> {
          boolean same = others.containsKey(path) && value.equals(others.get(path));
          if (!same && HASHES.stream().noneMatch(path::endsWith)) {
            differences.add(new FieldRef(object, path));
          }
        });
  }
}
