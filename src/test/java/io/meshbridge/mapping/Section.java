package io.meshbridge.mapping;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of a kind's fields, as a page shows them.
 *
 * @param path what the paths of all its fields begin with
 * @param title for people
 */
record Section(String path, String title) {
  private static final Pattern NAMED_KEY = Pattern.compile("\\{([^}]+)\\}");

  static Section of(Map<?, ?> written) {
    return new Section(written.get("path").toString(), written.get("title").toString());
  }

  /** Whether a field belongs to it, unless a longer section has it. */
  boolean holds(Leaf leaf) {
    var text = leaf.path().toString();
    return text.startsWith(path)
        && (path.isEmpty() || text.length() == path.length() || endsAt(text.charAt(path.length())));
  }

  /** A field's path in the section, where the named key of a map looks like any field. */
  String within(Leaf leaf) {
    var rest = leaf.path().toString().substring(path.length());
    var plain = NAMED_KEY.matcher(rest).replaceAll(".$1");
    return plain.startsWith(".") ? plain.substring(1) : plain;
  }

  private static boolean endsAt(char next) {
    return next == '.' || next == '[' || next == '{';
  }
}
