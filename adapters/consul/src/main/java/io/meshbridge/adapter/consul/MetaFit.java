package io.meshbridge.adapter.consul;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.Marks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which labels fit into a service's meta. The limits are those of Consul 1.8 to 2.0. */
final class MetaFit {
  private static final int MAX_PAIRS = 64;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 512;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final String RESERVED = "consul-";

  /** Keys by which other tools take a service or node for their own. */
  private static final Set<String> OTHERS =
      Set.of("external-source", "external-node", "external-probe");

  private MetaFit() {}

  /** The labels that fit beside a number of marks; a loss is added for each that does not. */
  static SortedMap<String, String> fit(
      Map<String, String> labels, int marks, String path, Location location, List<Loss> losses) {
    var fitting = new TreeMap<String, String>();
    // Sorted, so that equal labels always lose the same ones.
    Marks.without(labels)
        .forEach(
            (key, value) -> {
              var fault = faultOf(key, value);
              if (fault.isEmpty() && fitting.size() + marks >= MAX_PAIRS) {
                fault = Optional.of("a service holds at most " + MAX_PAIRS + " meta keys");
              }
              fault.ifPresentOrElse(
                  reason ->
                      losses.add(new Loss(location, path + "." + key, Outcome.DROPPED, reason, "")),
                  () -> fitting.put(key, value));
            });
    return fitting;
  }

  private static Optional<String> faultOf(String key, String value) {
    if (!KEY.matcher(key).matches()) {
      return Optional.of("a meta key holds only letters, digits, '_' and '-'");
    }
    if (key.startsWith(RESERVED)) {
      return Optional.of("meta keys beginning with '" + RESERVED + "' are Consul's own");
    }
    if (OTHERS.contains(key)) {
      return Optional.of("other tools would take the service for theirs");
    }
    if (key.length() > MAX_KEY) {
      return Optional.of("a meta key has at most " + MAX_KEY + " characters");
    }
    return value.length() > MAX_VALUE
        ? Optional.of("a meta value has at most " + MAX_VALUE + " characters")
        : Optional.empty();
  }
}
