package io.meshbridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents as nested maps and lists: looked into, copied, and put together. */
final class Tree {
  private Tree() {}

  /** A nested object; an empty one if there is none. */
  static Map<?, ?> object(Map<?, ?> map, String name) {
    return map.get(name) instanceof Map<?, ?> nested ? nested : Map.of();
  }

  /** A list of objects; an empty one if there is none. */
  static List<Map<?, ?>> objects(Map<?, ?> map, String name) {
    var found = new ArrayList<Map<?, ?>>();
    if (map.get(name) instanceof List<?> list) {
      list.forEach(element -> found.add((Map<?, ?>) element));
    }
    return found;
  }

  /** A copy that may be changed. */
  static Map<String, Object> copyOf(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> copy.put(key.toString(), copyOfAny(value)));
    return copy;
  }

  /** Adds to an object what another says: objects and lists are merged, values replaced. */
  static void merge(Map<String, Object> into, Map<?, ?> addition) {
    addition.forEach((key, value) -> into.merge(key.toString(), copyOfAny(value), Tree::merged));
  }

  /** Adds to an object in a document what another says; makes the way there. */
  static void mergeAt(Map<String, Object> root, List<Step> place, String key, Map<?, ?> addition) {
    if (!addition.isEmpty()) {
      merge(root, (Map<?, ?>) wrapped(place, key, addition));
    }
  }

  /** Puts a value where the path leads, and makes the way there. */
  static void put(Map<String, Object> root, LeafPath path, String key, Object value) {
    merge(root, (Map<?, ?>) wrapped(path.steps(), key, value));
  }

  /** Takes away what stands where the path leads, and what is empty without it. */
  static void remove(Map<String, Object> root, LeafPath path, String key) {
    removeIn(root, path.steps(), key);
  }

  /** Takes a field away from an object in a document, if it is there. */
  static void removeField(Map<String, Object> root, List<Step> place, String key, String name) {
    Object node = root;
    for (Step step : place) {
      node = childOf(node, step, key);
    }
    if (node instanceof Map<?, ?> map) {
      map.remove(name);
    }
  }

  /** What stands where the path leads. */
  static Optional<Object> at(Map<String, Object> root, LeafPath path, String key) {
    Object node = root;
    for (Step step : path.steps()) {
      node = childOf(node, step, key);
    }
    return Optional.ofNullable(node);
  }

  /** A document that holds nothing but the content, at that place. */
  private static Object wrapped(List<Step> place, String key, Object content) {
    var node = content;
    for (Step step : place.reversed()) {
      node = step.kind() == Step.Kind.ELEMENT ? List.of(node) : Map.of(step.keyOr(key), node);
    }
    return node;
  }

  private static boolean removeIn(Object node, List<Step> steps, String key) {
    var step = steps.getFirst();
    var child = childOf(node, step, key);
    if (child != null
        && (steps.size() == 1 || removeIn(child, steps.subList(1, steps.size()), key))) {
      detach(node, step, key);
    }
    return isEmpty(node);
  }

  private static void detach(Object node, Step step, String key) {
    if (step.kind() == Step.Kind.ELEMENT) {
      ((List<?>) node).removeFirst();
    } else {
      ((Map<?, ?>) node).remove(step.keyOr(key));
    }
  }

  private static Object childOf(Object node, Step step, String key) {
    if (step.kind() == Step.Kind.ELEMENT) {
      return node instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
    }
    return node instanceof Map<?, ?> map ? map.get(step.keyOr(key)) : null;
  }

  private static boolean isEmpty(Object node) {
    return (node instanceof Map<?, ?> map && map.isEmpty())
        || (node instanceof List<?> list && list.isEmpty());
  }

  private static Object merged(Object old, Object addition) {
    if (old instanceof Map<?, ?> && addition instanceof Map<?, ?> map) {
      var both = copyOf((Map<?, ?>) old);
      merge(both, map);
      return both;
    }
    if (old instanceof List<?> list && addition instanceof List<?> others) {
      return mergedLists(list, others);
    }
    return addition;
  }

  /** Element by element. */
  private static List<Object> mergedLists(List<?> list, List<?> others) {
    var both = new ArrayList<Object>();
    for (int i = 0; i < Math.max(list.size(), others.size()); i++) {
      if (i >= others.size()) {
        both.add(list.get(i));
      } else {
        both.add(i < list.size() ? merged(list.get(i), others.get(i)) : others.get(i));
      }
    }
    return both;
  }

  private static Object copyOfAny(Object value) {
    return switch (value) {
      case Map<?, ?> map -> copyOf(map);
      case List<?> list -> {
        var copy = new ArrayList<Object>();
        list.forEach(element -> copy.add(copyOfAny(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
