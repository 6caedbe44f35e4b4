package io.meshbridge.model.traffic;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is done to the headers of a message: first the named ones go, then values are set, then
 * values are added to those that are there.
 *
 * @param set replaces all values of a header
 * @param add gives a header one more value
 * @param remove takes a header away
 */
public record HeaderChange(
    SortedMap<String, String> set, SortedMap<String, String> add, SortedSet<String> remove) {
  /** Copies. */
  public HeaderChange {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    add = Collections.unmodifiableSortedMap(new TreeMap<>(add));
    remove = Collections.unmodifiableSortedSet(new TreeSet<>(remove));
  }

  /** Sets these alone. */
  public static HeaderChange setting(SortedMap<String, String> values) {
    return new HeaderChange(values, Collections.emptySortedMap(), Collections.emptySortedSet());
  }

  /** Whether nothing is done. */
  public boolean isEmpty() {
    return set.isEmpty() && add.isEmpty() && remove.isEmpty();
  }

  /** All names that are changed, for lists that have to be short. */
  public List<String> names() {
    var names = new TreeSet<>(set.keySet());
    names.addAll(add.keySet());
    names.addAll(remove);
    return List.copyOf(names);
  }
}
