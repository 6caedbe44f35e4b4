package io.meshbridge.mapping;

import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two documents that differ in one leaf.
 *
 * @param leaf the leaf
 * @param key that free keys of maps on the way to it are
 * @param with the document with the leaf set
 * @param without the same document without it, or with another value where it cannot do without
 * @param extras other objects that belong to both
 */
record Sample(
    Leaf leaf,
    String key,
    Map<String, Object> with,
    Map<String, Object> without,
    List<Map<String, Object>> extras) {
  /** The file that samples stand in; a loss in another is no loss of the leaf. */
  static final String FILE = "sample";

  /** The file that its extras stand in. */
  static final String EXTRAS = "extras";

  Sample {
    extras = List.copyOf(extras);
  }

  /** Whether a loss with this path is one of the leaf, or of a part of it that no schema tells. */
  boolean isAt(String other) {
    return other.equals(path())
        || (leaf.type() == Leaf.Type.OBJECT
            && (other.startsWith(path() + ".") || other.startsWith(path() + "[")));
  }

  /** Where the leaf stands in the document, as losses spell it. */
  String path() {
    return leaf.path().concrete(key);
  }

  /** The leaf's value in the document that has it. */
  Optional<Object> leafWith() {
    return Tree.at(with, leaf.path(), key);
  }

  /** What stands in its place in the other; empty for nothing. */
  Optional<Object> leafWithout() {
    return Tree.at(without, leaf.path(), key);
  }

  /** The sample with its leaf, after a world. */
  List<Document> documentsWith(List<Document> world) {
    return documents(world, with);
  }

  /** The sample without its leaf, after a world. */
  List<Document> documentsWithout(List<Document> world) {
    return documents(world, without);
  }

  private List<Document> documents(List<Document> world, Map<String, Object> object) {
    var all = new ArrayList<>(world);
    extras.forEach(extra -> all.add(document(EXTRAS, extra)));
    all.add(document(FILE, object));
    return all;
  }

  private static Document document(String file, Map<String, Object> content) {
    return new Document(Location.of(file), content, Map.of());
  }
}
