package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.ConsulCatalog.Instance;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Consul's filter language in which people say subsets. */
final class ConsulFilter {
  private static final Pattern AND = Pattern.compile("\\s+and\\s+");
  private static final Pattern META =
      Pattern.compile(
          "Service\\.Meta(?:\\.([A-Za-z0-9_-]+)|\\[\"([^\"]+)\"])\\s*(==|!=)\\s*(?:\"([^\"]*)\"|`([^`]*)`|([^\"`\\s]+))");
  private static final Pattern TAG =
      Pattern.compile("(?:\"([^\"]+)\"|([^\"\\s]+))\\s+in\\s+Service\\.Tags");
  private static final Pattern CONTAINS =
      Pattern.compile("Service\\.Tags\\s+contains\\s+(?:\"([^\"]+)\"|([^\"\\s]+))");

  private ConsulFilter() {}

  /** Whether an instance passes; every one passes the empty filter. */
  static boolean passes(String filter, Instance instance) {
    return filter.isBlank()
        || List.of(AND.split(filter.strip(), -1)).stream()
            .allMatch(term -> holds(term.strip(), instance));
  }

  private static boolean holds(String term, Instance instance) {
    var meta = META.matcher(term);
    if (meta.matches()) {
      var value = instance.meta().getOrDefault(first(meta, 1, 2), "");
      return value.equals(first(meta, 4, 5, 6)) == meta.group(3).equals("==");
    }
    for (Pattern pattern : List.of(TAG, CONTAINS)) {
      var tag = pattern.matcher(term);
      if (tag.matches()) {
        return instance.tags().contains(first(tag, 1, 2));
      }
    }
    throw new IllegalArgumentException("the filter '" + term + "' is not known here");
  }

  private static String first(Matcher matcher, int... groups) {
    for (int group : groups) {
      var found = matcher.group(group);
      if (found != null) {
        return found;
      }
    }
    return "";
  }
}
