package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads fields of Consul's objects, which people write in CamelCase (HTTP API), snake_case (agent
 * files) or camelCase (Kubernetes) as they please. Nothing here throws: what is not there, or is of
 * another kind, is empty.
 */
final class Fields {
  private Fields() {}

  /** The field as it is spelled in this object; the given spelling if it is not there. */
  static String spelling(Map<String, ?> object, String name) {
    if (object.containsKey(name)) {
      return name;
    }
    var wanted = canonical(name);
    for (String key : object.keySet()) {
      if (canonical(key).equals(wanted)) {
        return key;
      }
    }
    return name;
  }

  static boolean has(Map<String, ?> object, String name) {
    return object.containsKey(spelling(object, name));
  }

  static String text(Map<String, ?> object, String name) {
    return textOf(object.get(spelling(object, name)));
  }

  static int number(Map<String, ?> object, String name, int otherwise) {
    return object.get(spelling(object, name)) instanceof Number number
        ? number.intValue()
        : otherwise;
  }

  static long index(Map<String, ?> object, String name) {
    return object.get(spelling(object, name)) instanceof Number number ? number.longValue() : 0;
  }

  static boolean flag(Map<String, ?> object, String name) {
    return Boolean.TRUE.equals(object.get(spelling(object, name)));
  }

  static Map<String, Object> object(Map<String, ?> object, String name) {
    return asObject(object.get(spelling(object, name)));
  }

  static List<Object> list(Map<String, ?> object, String name) {
    return asList(object.get(spelling(object, name)));
  }

  static TreeMap<String, String> texts(Map<String, ?> object, String name) {
    var texts = new TreeMap<String, String>();
    object(object, name).forEach((key, value) -> texts.put(key, textOf(value)));
    return texts;
  }

  /** The objects of a list; anything else in it is left out. */
  static List<Map<String, Object>> objects(Object value) {
    var objects = new ArrayList<Map<String, Object>>();
    for (Object item : asList(value)) {
      if (item instanceof Map<?, ?>) {
        objects.add(asObject(item));
      }
    }
    return objects;
  }

  static Map<String, Object> asObject(@org.jspecify.annotations.Nullable Object value) {
    var object = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            // A null in JSON says the same as an absent field.
            if (item != null) {
              object.put(String.valueOf(key), item);
            }
          });
    }
    return object;
  }

  static List<Object> asList(@org.jspecify.annotations.Nullable Object value) {
    var list = new ArrayList<>();
    if (value instanceof List<?> items) {
      items.forEach(
          item -> {
            if (item != null) {
              list.add(item);
            }
          });
    }
    return list;
  }

  static String textOf(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> "";
    };
  }

  static String canonical(String key) {
    return Spelling.canonical(key);
  }
}
