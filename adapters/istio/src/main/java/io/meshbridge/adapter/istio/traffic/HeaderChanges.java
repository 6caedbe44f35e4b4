package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Puts changes of headers together. */
final class HeaderChanges {
  private HeaderChanges() {}

  /** One change that does what both do, one after the other. */
  static HeaderChange inOrder(HeaderChange first, HeaderChange second) {
    Predicate<String> isReplaced =
        name -> second.set().containsKey(name) || second.remove().contains(name);
    var set = new TreeMap<>(first.set());
    set.keySet().removeIf(isReplaced);
    set.putAll(second.set());
    var add = new TreeMap<>(first.add());
    add.keySet().removeIf(isReplaced);
    // A header that gets two values by one change gets them as the list that they are.
    second.add().forEach((name, value) -> add.merge(name, value, (one, two) -> one + "," + two));
    var remove = new TreeSet<>(first.remove());
    remove.addAll(second.remove());
    remove.removeAll(second.set().keySet());
    return new HeaderChange(set, add, remove);
  }

  /** Whether both say something of the same header, so that their order counts. */
  static boolean meet(HeaderChange one, HeaderChange other) {
    Set<String> names = new HashSet<>(one.names());
    names.retainAll(other.names());
    return !names.isEmpty();
  }
}
