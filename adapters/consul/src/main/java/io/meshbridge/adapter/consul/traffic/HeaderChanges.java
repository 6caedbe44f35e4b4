package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes to the headers of requests or responses, with the fields that say so.
 *
 * @param change what is done
 * @param refs each of the leaves
 */
record HeaderChanges(HeaderChange change, List<FieldRef> refs) {
  static final HeaderChanges NONE =
      new HeaderChanges(
          new HeaderChange(new TreeMap<>(), new TreeMap<>(), new TreeSet<>()), List.of());

  HeaderChanges {
    refs = List.copyOf(refs);
  }

  static HeaderChanges read(TracedFields fields) {
    var refs = new ArrayList<FieldRef>();
    var set = fields.textMap("Set");
    var add = fields.textMap("Add");
    var remove = fields.texts("Remove");
    set.keySet().forEach(name -> refs.add(fields.object("Set").ref(name)));
    for (int i = 0; i < remove.size(); i++) {
      refs.add(fields.trace().ref(fields.pathOf("Remove") + "[" + i + "]"));
    }
    for (String name : List.copyOf(add.keySet())) {
      if (set.containsKey(name)) {
        // The proxies add first and set then (agent/xds/routes.go, injectHeaderManipToRoute).
        fields.object("Add").drop(name, "the same header is set, which takes its place", "");
        add.remove(name);
      } else {
        refs.add(fields.object("Add").ref(name));
      }
    }
    return new HeaderChanges(new HeaderChange(set, add, new TreeSet<>(remove)), refs);
  }

  boolean isEmpty() {
    return change.isEmpty();
  }

  /**
   * This change and then another, which wins where both name a header, as Consul unites them
   * (agent/structs, MergeHTTPHeaderModifiers).
   */
  HeaderChanges and(HeaderChanges then) {
    var set = new TreeMap<>(change.set());
    set.putAll(then.change.set());
    var add = new TreeMap<>(change.add());
    add.putAll(then.change.add());
    var remove = new TreeSet<>(change.remove());
    remove.addAll(then.change.remove());
    var all = new ArrayList<>(refs);
    all.addAll(then.refs);
    return new HeaderChanges(new HeaderChange(set, add, remove), all);
  }
}
