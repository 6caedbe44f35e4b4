package io.meshbridge.spi.reading;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One nested map of a native object. To ask for a field is to account for it; a field of the wrong
 * shape is a fault of the object and counts as absent.
 */
public final class TracedFields {
  private final ObjectTrace trace;
  private final Map<?, ?> values;
  private final String path;

  TracedFields(ObjectTrace trace, Map<?, ?> values, String path) {
    this.trace = trace;
    this.values = values;
    this.path = path;
  }

  /** The object that is read. */
  public ObjectTrace trace() {
    return trace;
  }

  /** Where this map stands. */
  public String path() {
    return path;
  }

  /** Where a field of this map stands, or would stand, in its owner's spelling. */
  public String pathOf(String name) {
    return join(path, keyOf(name));
  }

  /** A field of this map, for those who come after. */
  public FieldRef ref(String name) {
    return trace.ref(pathOf(name));
  }

  /** This map itself. */
  public FieldRef ref() {
    return trace.ref(path);
  }

  /** Whether the field is there. Asking that alone accounts for nothing. */
  public boolean has(String name) {
    return values.get(keyOf(name)) != null;
  }

  /** Whether the field is a number, not a text that looks like one. */
  public boolean isNumber(String name) {
    return values.get(keyOf(name)) instanceof Number;
  }

  /** Whether the field is a list. */
  public boolean isList(String name) {
    return values.get(keyOf(name)) instanceof List;
  }

  /** Whether there is no field at all. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The names of all fields, in their owner's spelling. */
  public List<String> names() {
    return values.keySet().stream().map(String::valueOf).sorted().toList();
  }

  /** A text, or a number or boolean as text; empty if absent. */
  public Optional<String> text(String name) {
    Object value = take(name);
    if (value instanceof Map || value instanceof List) {
      error(name, "must be a text");
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  /** A whole number in a range; empty if absent or anything else. */
  public OptionalInt integer(String name, int min, int max) {
    Object value = take(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    try {
      int number = new BigDecimal(value.toString()).intValueExact();
      if (number >= min && number <= max) {
        return OptionalInt.of(number);
      }
    } catch (ArithmeticException | NumberFormatException notWhole) {
      // Falls through to the message, which says what is expected.
      trace.account(pathOf(name));
    }
    error(name, "must be a whole number from " + min + " to " + max + ", but is '" + value + "'");
    return OptionalInt.empty();
  }

  /** A number in a range, perhaps with a fraction; empty if absent or anything else. */
  public Optional<BigDecimal> decimal(String name, long min, long max) {
    Object value = take(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      var number = new BigDecimal(value.toString());
      if (number.compareTo(BigDecimal.valueOf(min)) >= 0
          && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
        return Optional.of(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
      }
    } catch (NumberFormatException noNumber) {
      trace.account(pathOf(name));
    }
    error(name, "must be a number from " + min + " to " + max + ", but is '" + value + "'");
    return Optional.empty();
  }

  /** A boolean; empty if absent. */
  public Optional<Boolean> flag(String name) {
    Object value = take(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(flag);
    }
    error(name, "must be true or false, but is '" + value + "'");
    return Optional.empty();
  }

  /** A duration with units; empty if absent or anything else. */
  public Optional<Duration> duration(String name) {
    Object value = take(name);
    if (value == null) {
      return Optional.empty();
    }
    var duration = Durations.parse(value.toString());
    if (duration.isEmpty()) {
      error(name, "must be a duration with a unit, such as 1.5s or 2m, but is '" + value + "'");
    }
    return duration;
  }

  /** A nested map, whose fields have to be accounted for in turn; an empty one if absent. */
  public TracedFields object(String name) {
    return asFields(values.get(keyOf(name)), pathOf(name));
  }

  /** A list of maps; empty if absent. Elements of another shape are faults and left out. */
  public List<TracedFields> objects(String name) {
    var found = new ArrayList<TracedFields>();
    var list = elements(name);
    for (int i = 0; i < list.size(); i++) {
      var at = pathOf(name) + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?>) {
        found.add(asFields(list.get(i), at));
      } else {
        trace.error(at, "must be an object");
      }
    }
    return found;
  }

  /** A map of maps; empty if absent. */
  public SortedMap<String, TracedFields> objectMap(String name) {
    var nested = object(name);
    var found = new TreeMap<String, TracedFields>();
    for (String key : nested.names()) {
      found.put(key, asFields(nested.values.get(key), join(nested.path, key)));
    }
    return found;
  }

  /** A list of texts or numbers; empty if absent. */
  public List<String> texts(String name) {
    var found = new ArrayList<String>();
    var list = elements(name);
    for (int i = 0; i < list.size(); i++) {
      var element = list.get(i);
      var at = pathOf(name) + "[" + i + "]";
      if (element == null || element instanceof Map || element instanceof List) {
        trace.error(at, "must be a text");
      } else {
        trace.account(at);
        found.add(element.toString());
      }
    }
    return found;
  }

  /** A map of texts, such as labels; empty if absent. */
  public SortedMap<String, String> textMap(String name) {
    var nested = object(name);
    var found = new TreeMap<String, String>();
    for (String key : nested.names()) {
      var value = nested.values.get(key);
      if (value == null || value instanceof Map || value instanceof List) {
        trace.error(join(nested.path, key), "must be a text");
      } else {
        trace.account(join(nested.path, key));
        found.put(key, value.toString());
      }
    }
    return found;
  }

  /** The field cannot be carried. Nothing is said if it is absent. */
  public void drop(String name, String reason, String advice) {
    lose(name, Outcome.DROPPED, reason, advice);
  }

  /** The field is said in other words. Nothing is said if it is absent. */
  public void approximate(String name, String reason, String advice) {
    lose(name, Outcome.APPROXIMATED, reason, advice);
  }

  /** Takes the field, with all below it, for read: it says nothing of traffic. */
  public void ignore(String name) {
    trace.account(pathOf(name));
  }

  /** The field is wrong. */
  public void error(String name, String message) {
    trace.error(pathOf(name), message);
  }

  /** The field is odd. */
  public void warn(String name, String message) {
    trace.warn(pathOf(name), message);
  }

  /** Every leaf of a field of its own is lost, so that each is told by its path. */
  private void lose(String name, Outcome outcome, String reason, String advice) {
    if (has(name)) {
      loseLeaves(values.get(keyOf(name)), pathOf(name), outcome, reason, advice);
    }
  }

  private void loseLeaves(
      @Nullable Object node, String at, Outcome outcome, String reason, String advice) {
    switch (node) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((name, value) -> loseLeaves(value, join(at, name), outcome, reason, advice));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          loseLeaves(list.get(i), at + "[" + i + "]", outcome, reason, advice);
        }
      }
      case null, default -> trace.lose(at, outcome, reason, advice);
    }
  }

  private @Nullable Object take(String name) {
    trace.account(pathOf(name));
    return values.get(keyOf(name));
  }

  private List<?> elements(String name) {
    Object value = values.get(keyOf(name));
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        trace.account(pathOf(name));
      }
      return list;
    }
    error(name, "must be a list");
    return List.of();
  }

  private TracedFields asFields(@Nullable Object value, String at) {
    if (value instanceof Map<?, ?> map) {
      if (map.isEmpty()) {
        trace.account(at);
      }
      return new TracedFields(trace, map, at);
    }
    if (value != null) {
      trace.error(at, "must be an object");
    }
    return new TracedFields(trace, Map.of(), at);
  }

  /** The key under which its owner keeps a field; the field's own name if it is not there. */
  private String keyOf(String name) {
    if (values.containsKey(name)) {
      return name;
    }
    var wanted = trace.spelled(name);
    return values.keySet().stream()
        .map(String::valueOf)
        .filter(key -> trace.spelled(key).equals(wanted))
        .sorted()
        .findFirst()
        .orElse(name);
  }

  static String join(String path, Object name) {
    return path.isEmpty() ? String.valueOf(name) : path + "." + name;
  }
}
