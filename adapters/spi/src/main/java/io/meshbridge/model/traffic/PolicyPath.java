package io.meshbridge.model.traffic;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path into a policy, taken apart.
 *
 * @param part the list or record that it leads into, such as {@code http}
 * @param index which of the part's elements; empty if it has none
 * @param field the field in there; empty for the element as a whole
 */
record PolicyPath(String part, String index, String field) {
  private static final Pattern SYNTAX = Pattern.compile("(\\w+)(?:\\[([^\\]]*)\\])?(?:\\.(.*))?");

  static Optional<PolicyPath> parse(String path) {
    var matcher = SYNTAX.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolicyPath(matcher.group(1), text(matcher.group(2)), text(matcher.group(3))));
  }

  /** The index as a number. */
  Optional<Integer> number() {
    return index.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(index)) : Optional.empty();
  }

  private static String text(@org.jspecify.annotations.Nullable String group) {
    return group == null ? "" : group;
  }
}
