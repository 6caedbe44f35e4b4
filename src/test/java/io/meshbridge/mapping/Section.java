package io.meshbridge.mapping;

import java.util.Map;

/**
 * A part of a kind's fields, as a page shows them.
 *
 * @param path what the paths of all its fields begin with
 * @param title for people
 */
record Section(String path, String title) {
  static Section of(Map<?, ?> written) {
    return new Section(written.get("path").toString(), written.get("title").toString());
  }

  /** Whether a field belongs to it, unless a longer section has it. */
  boolean holds(Leaf leaf) {
    return leaf.path().toString().startsWith(path);
  }

  /** A field's path in the section. */
  String within(Leaf leaf) {
    var rest = leaf.path().toString().substring(path.length());
    return rest.startsWith(".") ? rest.substring(1) : rest;
  }
}
