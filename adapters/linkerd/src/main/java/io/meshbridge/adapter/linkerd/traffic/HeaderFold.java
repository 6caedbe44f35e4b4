package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Several changes of headers as the one filter that a rule may have. Each name stands in one list
 * only, since the proxy adds, then sets, then removes, whatever their order was.
 */
final class HeaderFold {
  private static final int MOST = 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+\\-.^_`|~]{1,256}");

  private final Map<String, State> states = new TreeMap<>();

  /** What becomes of one header. */
  private sealed interface State {
    /** It goes. */
    record Removed() implements State {}

    /** It has this value alone. */
    record Set(String value) implements State {}

    /** It has this value besides those that it had. */
    record Added(String value) implements State {}
  }

  /** Takes one more change; false if the filter cannot say it, and then it is as it was. */
  boolean take(HeaderChange change) {
    var next = new TreeMap<>(states);
    change.remove().forEach(name -> next.put(lower(name), new State.Removed()));
    change.set().forEach((name, value) -> next.put(lower(name), new State.Set(value)));
    for (var entry : change.add().entrySet()) {
      var name = lower(entry.getKey());
      var before = next.get(name);
      if (before == null) {
        next.put(name, new State.Added(entry.getValue()));
      } else if (before instanceof State.Removed) {
        next.put(name, new State.Set(entry.getValue()));
      } else {
        return false;
      }
    }
    if (!isSayable(change)
        || entries(next, State.Set.class).size() > MOST
        || entries(next, State.Added.class).size() > MOST
        || entries(next, State.Removed.class).size() > MOST) {
      return false;
    }
    states.clear();
    states.putAll(next);
    return true;
  }

  /** The API wants names, and values that are not empty. */
  private static boolean isSayable(HeaderChange change) {
    return change.names().stream().allMatch(name -> NAME.matcher(name).matches())
        && !change.set().containsValue("")
        && !change.add().containsValue("");
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    putIfAny(manifest, "set", entries(states, State.Set.class));
    putIfAny(manifest, "add", entries(states, State.Added.class));
    putIfAny(manifest, "remove", entries(states, State.Removed.class));
    return manifest;
  }

  private static void putIfAny(Map<String, Object> manifest, String field, List<Object> entries) {
    if (!entries.isEmpty()) {
      manifest.put(field, entries);
    }
  }

  private static List<Object> entries(Map<String, State> states, Class<? extends State> kind) {
    var entries = new ArrayList<Object>();
    states.forEach(
        (name, state) -> {
          if (kind.isInstance(state)) {
            entries.add(
                switch (state) {
                  case State.Removed removed -> name;
                  case State.Set set -> entry(name, set.value());
                  case State.Added added -> entry(name, added.value());
                });
          }
        });
    return entries;
  }

  private static Map<String, Object> entry(String name, String value) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", name);
    entry.put("value", value);
    return entry;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
