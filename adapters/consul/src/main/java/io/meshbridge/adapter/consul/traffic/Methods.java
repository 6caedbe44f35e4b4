package io.meshbridge.adapter.consul.traffic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Routes that differ in the method alone, as one route with several methods. */
final class Methods {
  private static final String METHODS = "Methods";

  private Methods() {}

  /** The same routes, neighbours united. */
  static List<Map<String, Object>> united(List<Map<String, Object>> routes) {
    var united = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> route : routes) {
      var before = united.isEmpty() ? Map.<String, Object>of() : united.getLast();
      if (methods(route).isEmpty()
          || methods(before).isEmpty()
          || !with(route, List.of()).equals(with(before, List.of()))) {
        united.add(route);
      } else {
        var all = new TreeSet<String>(methods(before));
        all.addAll(methods(route));
        united.set(united.size() - 1, with(route, List.copyOf(all)));
      }
    }
    return united;
  }

  private static List<String> methods(Map<String, Object> route) {
    return http(route).get(METHODS) instanceof List<?> methods
        ? methods.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Map<String, Object> with(Map<String, Object> route, List<String> methods) {
    var http = http(route);
    http.put(METHODS, methods);
    var changed = new LinkedHashMap<>(route);
    changed.put("Match", Map.of("HTTP", http));
    return changed;
  }

  private static Map<String, Object> http(Map<String, Object> route) {
    var http = new LinkedHashMap<String, Object>();
    if (route.get("Match") instanceof Map<?, ?> match
        && match.get("HTTP") instanceof Map<?, ?> is) {
      is.forEach((field, value) -> http.put(String.valueOf(field), value));
    }
    return http;
  }
}
