package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which objects a list or a watch is about: namespace, labels, and the two fields that all have.
 */
final class Selector {
  private Selector() {}

  static Predicate<JsonNode> of(ApiPath path) {
    Predicate<JsonNode> all =
        object ->
            path.namespace().isEmpty()
                || object.path("metadata").path("namespace").asText().equals(path.namespace());
    for (String term : terms(path.parameter("labelSelector"))) {
      all = all.and(object -> holds(term, object.path("metadata").path("labels")));
    }
    for (String term : terms(path.parameter("fieldSelector"))) {
      all =
          all.and(
              object -> {
                var field = term.substring(0, term.indexOf('='));
                var value = term.substring(term.lastIndexOf('=') + 1);
                return object.at("/" + field.replace('.', '/')).asText().equals(value);
              });
    }
    return all;
  }

  private static List<String> terms(String selector) {
    return selector.isEmpty() ? List.of() : List.of(selector.split(",", -1));
  }

  private static boolean holds(String term, JsonNode labels) {
    int equals = term.indexOf('=');
    if (equals < 0) {
      return term.startsWith("!") ? !labels.has(term.substring(1)) : labels.has(term);
    }
    var value = term.substring(term.lastIndexOf('=') + 1);
    if (term.charAt(equals - 1) == '!') {
      return !labels.path(term.substring(0, equals - 1)).asText().equals(value);
    }
    var key = term.substring(0, equals);
    return labels.has(key) && labels.path(key).asText().equals(value);
  }
}
