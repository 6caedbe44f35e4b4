package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Marks;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter expressions (go-bexpr) that say no more than which labels an instance bears, as labels
 * and back. An instance's labels are its meta, its tags {@code key=value}, and {@code tag.<tag>}
 * for any other tag.
 */
public final class SubsetFilter {
  private static final String TEXT = "(?:\"([^\"\\\\]*)\"|`([^`]*)`|([A-Za-z0-9_./-]+))";
  private static final Pattern AND = Pattern.compile("\\s+and\\s+");
  private static final Pattern META =
      Pattern.compile(
          "Service\\.Meta(?:\\.([A-Za-z0-9_-]+)|\\[\"([^\"\\\\]+)\"\\])\\s*==\\s*" + TEXT);
  private static final Pattern IN_TAGS = Pattern.compile(TEXT + "\\s+in\\s+Service\\.Tags");
  private static final Pattern HAS_TAG = Pattern.compile("Service\\.Tags\\s+contains\\s+" + TEXT);
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern LITERAL = Pattern.compile("[^\"\\\\\\p{Cntrl}]*");

  private SubsetFilter() {}

  /** The labels that the expression asks for; empty if it says anything else. */
  public static Optional<SortedMap<String, String>> parse(String expression) {
    var labels = new TreeMap<String, String>();
    if (expression.isBlank()) {
      return Optional.of(labels);
    }
    for (String term : AND.split(unwrapped(expression), -1)) {
      if (!addTerm(unwrapped(term), labels)) {
        return Optional.empty();
      }
    }
    // What bears one of our marks is never told to others.
    return labels.keySet().stream().anyMatch(Marks::isMark)
        ? Optional.empty()
        : Optional.of(Collections.unmodifiableSortedMap(labels));
  }

  /** The expression that asks for these labels in meta; empty if none can. */
  public static Optional<String> of(SortedMap<String, String> labels) {
    var expression = new StringBuilder();
    for (var label : labels.entrySet()) {
      if (!LITERAL.matcher(label.getKey()).matches()
          || !LITERAL.matcher(label.getValue()).matches()) {
        return Optional.empty();
      }
      expression
          .append(expression.isEmpty() ? "" : " and ")
          .append(selector(label.getKey()))
          .append(" == \"")
          .append(label.getValue())
          .append('"');
    }
    return Optional.of(expression.toString());
  }

  private static String selector(String key) {
    return KEY.matcher(key).matches() ? "Service.Meta." + key : "Service.Meta[\"" + key + "\"]";
  }

  private static String unwrapped(String text) {
    var bare = text.strip();
    return bare.startsWith("(") && bare.endsWith(")") && bare.indexOf('(', 1) < 0
        ? bare.substring(1, bare.length() - 1).strip()
        : bare;
  }

  private static boolean addTerm(String term, SortedMap<String, String> labels) {
    var meta = META.matcher(term);
    if (meta.matches()) {
      var key = meta.group(1) == null ? meta.group(2) : meta.group(1);
      return add(key, text(meta, 3), labels);
    }
    for (Pattern form : new Pattern[] {IN_TAGS, HAS_TAG}) {
      var tag = form.matcher(term);
      if (tag.matches()) {
        return addTag(text(tag, 1), labels);
      }
    }
    return false;
  }

  private static boolean addTag(String tag, SortedMap<String, String> labels) {
    int equals = tag.indexOf('=');
    return equals > 0
        ? add(tag.substring(0, equals), tag.substring(equals + 1), labels)
        : add("tag." + tag, "", labels);
  }

  /** One label cannot have two values. */
  private static boolean add(String key, String value, SortedMap<String, String> labels) {
    var before = labels.put(key, value);
    return before == null || before.equals(value);
  }

  private static String text(Matcher matcher, int group) {
    for (int i = group; i < group + 3; i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    return "";
  }
}
