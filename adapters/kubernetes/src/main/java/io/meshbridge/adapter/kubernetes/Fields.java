package io.meshbridge.adapter.kubernetes;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads nested maps that somebody else wrote. A field of the wrong shape is reported with its path
 * and then treated as absent.
 */
public final class Fields {
  private final Map<?, ?> values;
  private final String path;
  private final Problems problems;

  private Fields(Map<?, ?> values, String path, Problems problems) {
    this.values = values;
    this.path = path;
    this.problems = problems;
  }

  /**
   * A reader of a map.
   *
   * @param path where the map stands; empty for the object itself
   */
  public static Fields of(Map<?, ?> values, String path, Problems problems) {
    return new Fields(values, path, problems);
  }

  /** Where this map stands. */
  public String path() {
    return path;
  }

  /** Where a field of this map stands. */
  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the field is there at all. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A text, or a number or boolean as text; empty if absent. */
  public String text(String name) {
    Object value = values.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof Map || value instanceof List) {
      problems.add(pathOf(name), "must be a text");
      return "";
    }
    return value.toString();
  }

  /** A whole number; empty if absent. */
  public Optional<Integer> integer(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value.toString()).intValueExact());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      problems.add(pathOf(name), "must be a whole number, but is '" + value + "'");
      return Optional.empty();
    }
  }

  /** A port number between 1 and 65535; empty if absent or anything else. */
  public Optional<Integer> port(String name) {
    return integer(name)
        .filter(
            number -> {
              boolean inRange = number >= 1 && number <= 65_535;
              if (!inRange) {
                problems.add(pathOf(name), "must be between 1 and 65535, but is " + number);
              }
              return inRange;
            });
  }

  /** A boolean; empty if absent. */
  public Optional<Boolean> flag(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(flag);
    }
    problems.add(pathOf(name), "must be true or false, but is '" + value + "'");
    return Optional.empty();
  }

  /** A nested map; an empty one if absent. */
  public Fields object(String name) {
    return asObject(values.get(name), pathOf(name));
  }

  /** A list of maps; empty if absent. Elements of another shape are left out. */
  public List<Fields> objects(String name) {
    var found = new ArrayList<Fields>();
    int index = 0;
    for (Object element : elements(name)) {
      var at = pathOf(name) + "[" + index++ + "]";
      if (element instanceof Map<?, ?> map) {
        found.add(new Fields(map, at, problems));
      } else {
        problems.add(at, "must be an object");
      }
    }
    return found;
  }

  /** A list of texts; empty if absent. */
  public List<String> textList(String name) {
    var found = new ArrayList<String>();
    int index = 0;
    for (Object element : elements(name)) {
      var at = pathOf(name) + "[" + index++ + "]";
      if (element instanceof String text) {
        found.add(text);
      } else {
        problems.add(at, "must be a text");
      }
    }
    return found;
  }

  /** A map of texts, such as labels; empty if absent. */
  public SortedMap<String, String> texts(String name) {
    var nested = object(name);
    var found = new TreeMap<String, String>();
    nested.names().forEach(key -> found.put(key, nested.text(key)));
    return found;
  }

  /** The names of the fields that are there. */
  public List<String> names() {
    return values.keySet().stream().map(String::valueOf).sorted().toList();
  }

  private List<?> elements(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    problems.add(pathOf(name), "must be a list");
    return List.of();
  }

  private Fields asObject(@org.jspecify.annotations.Nullable Object value, String at) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map, at, problems);
    }
    if (value != null) {
      problems.add(at, "must be an object");
    }
    return new Fields(Map.of(), at, problems);
  }
}
