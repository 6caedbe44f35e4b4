package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes of headers in the order in which a proxy makes them.
 *
 * @param steps what is done, one after the other
 */
record HeaderEdits(List<Step> steps) {
  static final HeaderEdits NONE = new HeaderEdits(List.of());

  HeaderEdits {
    steps = List.copyOf(steps);
  }

  /** One change. */
  sealed interface Step {
    /** All values are replaced by one. */
    record Set(String name, String value) implements Step {}

    /** One value more. */
    record Add(String name, String value) implements Step {}

    /** All values go. */
    record Remove(String name) implements Step {}
  }

  HeaderEdits then(HeaderEdits more) {
    var all = new ArrayList<>(steps);
    all.addAll(more.steps);
    return new HeaderEdits(all);
  }

  SortedMap<String, List<String>> applyTo(SortedMap<String, String> headers) {
    var values = new TreeMap<String, List<String>>();
    headers.forEach((name, value) -> values.put(name, List.of(value)));
    steps.forEach(step -> apply(step, values));
    return values;
  }

  private static void apply(Step step, SortedMap<String, List<String>> values) {
    switch (step) {
      case Step.Set set -> values.put(set.name().toLowerCase(Locale.ROOT), List.of(set.value()));
      case Step.Remove remove -> values.remove(remove.name().toLowerCase(Locale.ROOT));
      case Step.Add add -> {
        var name = add.name().toLowerCase(Locale.ROOT);
        var all = new ArrayList<>(values.getOrDefault(name, List.of()));
        all.add(add.value());
        values.put(name, List.copyOf(all));
      }
    }
  }
}
