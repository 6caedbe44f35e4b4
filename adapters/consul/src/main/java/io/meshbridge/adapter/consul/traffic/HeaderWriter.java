package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes to headers that come one after the other, as the one change that Consul has room for. */
final class HeaderWriter {
  private final TreeMap<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final TreeMap<String, String> add = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final TreeSet<String> remove = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final LossBook losses;

  HeaderWriter(LossBook losses) {
    this.losses = losses;
  }

  /**
   * What comes after what was given before.
   *
   * @param path of the filter, for losses
   */
  void then(HeaderChange change, String path) {
    for (String name : change.remove()) {
      set.remove(name);
      add.remove(name);
      remove.add(name);
    }
    change
        .set()
        .forEach(
            (name, value) -> {
              add.remove(name);
              set.put(name, value);
            });
    change
        .add()
        .forEach(
            (name, value) -> {
              if (set.containsKey(name) || add.containsKey(name)) {
                losses.drop(
                    path,
                    "Consul gives the header " + name + " one value where several are wanted");
              } else {
                add.put(name, value);
              }
            });
  }

  boolean isEmpty() {
    return set.isEmpty() && add.isEmpty() && remove.isEmpty();
  }

  /** As Consul spells it. */
  Map<String, Object> write() {
    var fields = new LinkedHashMap<String, Object>();
    if (!add.isEmpty()) {
      fields.put("Add", new TreeMap<>(add));
    }
    if (!set.isEmpty()) {
      fields.put("Set", new TreeMap<>(set));
    }
    if (!remove.isEmpty()) {
      fields.put("Remove", new ArrayList<>(remove));
    }
    return fields;
  }
}
