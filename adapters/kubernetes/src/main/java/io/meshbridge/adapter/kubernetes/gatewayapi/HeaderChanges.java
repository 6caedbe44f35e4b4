package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is done to headers. */
final class HeaderChanges {
  private HeaderChanges() {}

  /** The change; empty if nothing is changed. */
  static Optional<HeaderChange> read(SourcedFields modifier) {
    var removed = new TreeSet<String>();
    modifier.texts("remove").forEach(name -> removed.add(name.toLowerCase(Locale.ROOT)));
    var change = new HeaderChange(values(modifier, "set"), values(modifier, "add"), removed);
    return change.isEmpty() ? Optional.empty() : Optional.of(change);
  }

  /** Of entries whose names differ in case alone the first counts (Gateway API, HTTPHeader). */
  private static SortedMap<String, String> values(SourcedFields modifier, String list) {
    var values = new TreeMap<String, String>();
    for (SourcedFields header : modifier.objects(list)) {
      var name = header.fields().text("name").orElse("").toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        header.fields().error("name", "is missing");
      } else if (values.containsKey(name)) {
        header.fields().drop("name", "only the first entry of a name counts", "");
        header.fields().drop("value", "only the first entry of a name counts", "");
      } else {
        header.text("name");
        values.put(name, header.text("value").orElse(""));
      }
    }
    return values;
  }
}
