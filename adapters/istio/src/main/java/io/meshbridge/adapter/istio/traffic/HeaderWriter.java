package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Says changes of headers. */
final class HeaderWriter {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");
  // Envoy's own words for values, which Istio checks: %NAME%, %NAME(arguments)%, and %% for itself.
  private static final Pattern FORMAT =
      Pattern.compile("([^%]|%%|%[A-Z0-9_.]+(\\([^)]*\\))?(:[0-9]+)?%)*");

  private HeaderWriter() {}

  /** The field {@code headers}; empty if nothing is changed. */
  static Map<String, Object> of(
      HeaderChange request, Optional<String> host, HeaderChange response) {
    var requests = operations(request);
    host.ifPresent(name -> withHost(requests, name));
    var headers = new LinkedHashMap<String, Object>();
    if (!requests.isEmpty()) {
      headers.put("request", requests);
    }
    var responses = operations(response);
    if (!responses.isEmpty()) {
      headers.put("response", responses);
    }
    return headers;
  }

  /** The names in a change that Istio does not take. */
  static List<String> unsayable(HeaderChange change) {
    Predicate<String> isName = name -> NAME.matcher(name).matches() && !name.equals("host");
    var names = new ArrayList<>(change.names().stream().filter(isName.negate()).toList());
    change.set().forEach((name, value) -> addIfUnsayable(name, value, names));
    change.add().forEach((name, value) -> addIfUnsayable(name, value, names));
    return names;
  }

  private static void addIfUnsayable(String name, String value, List<String> names) {
    if (!VALUE.matcher(value).matches() && !names.contains(name)) {
      names.add(name);
    }
  }

  private static Map<String, Object> operations(HeaderChange change) {
    var bad = unsayable(change);
    var operations = new LinkedHashMap<String, Object>();
    putValues(operations, "set", change.set(), bad);
    putValues(operations, "add", change.add(), bad);
    var remove = change.remove().stream().filter(name -> !bad.contains(name)).toList();
    if (!remove.isEmpty()) {
      operations.put("remove", remove);
    }
    return operations;
  }

  private static void putValues(
      Map<String, Object> operations, String name, Map<String, String> values, List<String> bad) {
    var written = new TreeMap<String, Object>();
    values.forEach(
        (header, value) -> {
          if (!bad.contains(header)) {
            written.put(header, formatted(value));
          }
        });
    if (!written.isEmpty()) {
      operations.put(name, written);
    }
  }

  private static void withHost(Map<String, Object> requests, String host) {
    var set = new TreeMap<String, Object>();
    if (requests.get("set") instanceof Map<?, ?> others) {
      others.forEach((name, value) -> set.put(String.valueOf(name), value));
    }
    set.put("host", host);
    requests.put("set", set);
  }

  /** A value that is none of Envoy's formats is meant as it stands. */
  private static String formatted(String value) {
    return FORMAT.matcher(value).matches() ? value : value.replace("%", "%%");
  }
}
