package io.meshbridge.api;

import io.meshbridge.model.MeshId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The query parameters of one request, checked together. */
final class Query {
  static final String LIMIT = "limit";
  static final String PAGE = "page";
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private static final int MAX_SHOWN = 100;
  private static final Pattern SERVICE = Pattern.compile("[^/]+/[^/]+/[^/]+");
  private final Map<String, List<String>> parameters;
  private final List<Problem.Fault> faults = new ArrayList<>();

  /** Any parameter but the known ones is a fault: a misspelt filter would hide nothing. */
  Query(Map<String, List<String>> parameters, Set<String> known) {
    this.parameters = parameters;
    new TreeMap<>(parameters)
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                var expected = "one of the parameters " + new TreeSet<>(known);
                fault(name, String.join(",", values), expected);
              } else if (values.size() > 1) {
                fault(name, String.join(",", values), "one value only");
              }
            });
  }

  /** A filter by mesh. */
  Optional<String> mesh(String name) {
    return checked(name, Query::isMeshId, "the id of a mesh (a-z, 0-9, '-')");
  }

  /** A filter by one of some words, in their exact spelling. */
  Optional<String> oneOf(String name, Set<String> words) {
    return checked(name, words::contains, "one of " + words);
  }

  /** A filter by any text. */
  Optional<String> text(String name) {
    return checked(name, text -> !text.isBlank(), "a text");
  }

  /** A service, as MESH/NAMESPACE/NAME. */
  Optional<ServiceRef> service(String name) {
    return checked(
            name, text -> SERVICE.matcher(text).matches(), "a service, as MESH/NAMESPACE/NAME")
        .map(text -> List.of(text.split("/", -1)))
        .map(parts -> new ServiceRef(parts.get(0), parts.get(1), parts.get(2)));
  }

  /** How many items are wanted, 1 to {@link #MAX_LIMIT}. */
  int limit() {
    return checked(LIMIT, Query::isLimit, "a whole number from 1 to " + MAX_LIMIT)
        .map(Integer::parseInt)
        .orElse(DEFAULT_LIMIT);
  }

  /** Where the page before ended, as a key of so many elements. */
  Optional<PageToken> page(int keySize) {
    return checked(
            PAGE,
            text -> PageToken.parse(text, keySize).isPresent(),
            "the `next` of an earlier answer from the same address")
        .flatMap(text -> PageToken.parse(text, keySize));
  }

  /**
   * Ends the checks.
   *
   * @throws BadParameterException if anything was wrong
   */
  void check() {
    if (!faults.isEmpty()) {
      throw new BadParameterException(faults);
    }
  }

  private Optional<String> checked(String name, Predicate<String> rule, String expected) {
    var given = first(name);
    if (given.isPresent() && !rule.test(given.get())) {
      fault(name, given.get(), expected);
      return Optional.empty();
    }
    return given;
  }

  private Optional<String> first(String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }

  private void fault(String name, String value, String expected) {
    var shown = value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
    faults.add(new Problem.Fault(name, shown, expected));
  }

  private static boolean isMeshId(String text) {
    try {
      return new MeshId(text).value().equals(text);
    } catch (IllegalArgumentException noId) {
      return false;
    }
  }

  private static boolean isLimit(String text) {
    try {
      int limit = Integer.parseInt(text);
      return limit >= 1 && limit <= MAX_LIMIT;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }
}
