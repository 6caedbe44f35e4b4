package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is done to headers. */
final class HeaderChanges {
  private static final String FIRST_COUNTS = "only the first entry of a name counts";

  private HeaderChanges() {}

  /**
   * The change; empty if nothing is changed.
   *
   * @param removesLast as in {@link RouteDialect}
   */
  static Optional<HeaderChange> read(SourcedFields modifier, boolean removesLast) {
    var removed = new TreeSet<String>();
    modifier.texts("remove").forEach(name -> removed.add(name.toLowerCase(Locale.ROOT)));
    var set =
        values(modifier, "set", removesLast ? removed : Set.of(), "the header is removed after it");
    var add = values(modifier, "add", removesLast ? removed : Set.of(), "the header is removed");
    if (removesLast) {
      // What is set after it was added has one value.
      add.keySet().removeAll(set.keySet());
    }
    var change = new HeaderChange(set, add, removed);
    return change.isEmpty() ? Optional.empty() : Optional.of(change);
  }

  /** Of entries whose names differ in case alone the first counts (Gateway API, HTTPHeader). */
  private static SortedMap<String, String> values(
      SourcedFields modifier, String list, Set<String> undone, String why) {
    var values = new TreeMap<String, String>();
    for (SourcedFields header : modifier.objects(list)) {
      var name = header.fields().text("name").orElse("").toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        header.fields().error("name", "is missing");
      } else if (values.containsKey(name) || undone.contains(name)) {
        var reason = undone.contains(name) ? why : FIRST_COUNTS;
        header.fields().drop("name", reason, "");
        header.fields().drop("value", reason, "");
      } else {
        header.text("name");
        values.put(name, header.text("value").orElse(""));
      }
    }
    return values;
  }
}
