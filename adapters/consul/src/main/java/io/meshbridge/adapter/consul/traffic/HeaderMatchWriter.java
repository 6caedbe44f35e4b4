package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The conditions on headers, pseudo headers among them. */
final class HeaderMatchWriter {
  private final HttpMatch match;
  private final String path;
  private final LossBook losses;

  HeaderMatchWriter(HttpMatch match, String path, LossBook losses) {
    this.match = match;
    this.path = path;
    this.losses = losses;
  }

  /** For each alternative the conditions that all must hold; empty if one cannot be said. */
  Optional<List<List<Map<String, Object>>>> write() {
    var alternatives = new ArrayList<List<Map<String, Object>>>();
    alternatives.add(List.of());
    if (!add("authority", ".authority", match.authority(), alternatives)
        || (MatchWriter.standardMethod(match).isEmpty()
            && !add("method", ".method", match.method(), alternatives))) {
      return Optional.empty();
    }
    var present =
        match.headers().stream()
            .filter(h -> !h.negated() && h.value().kind() == TextMatch.Kind.PRESENT)
            .map(NamedMatch::name)
            .collect(Collectors.toSet());
    for (int i = 0; i < match.headers().size(); i++) {
      var header = match.headers().get(i);
      if (isImplied(header)) {
        continue;
      }
      var condition = TextConditions.header(header.name(), header.value());
      if (condition.isEmpty()) {
        losses.drop(
            path + ".headers[" + i + "]", "the expression is none in RE2; the match is left out");
        return Optional.empty();
      }
      multiply(alternatives, ways(header, condition.get(), present));
      if (alternatives.size() > MatchWriter.MOST_ALTERNATIVES) {
        losses.drop(
            path + ".headers",
            "it would take more than "
                + MatchWriter.MOST_ALTERNATIVES
                + " routes; the match is left out");
        return Optional.empty();
      }
    }
    return Optional.of(alternatives);
  }

  /** A header whose value must not be such has to be there already. */
  private boolean isImplied(NamedMatch header) {
    return !header.negated()
        && header.value().kind() == TextMatch.Kind.PRESENT
        && match.headers().stream()
            .anyMatch(
                other ->
                    other.name().equals(header.name())
                        && other.negated()
                        && other.value().kind() != TextMatch.Kind.PRESENT);
  }

  /**
   * A proxy takes a negated condition on a value for not met if the header is missing (Envoy's
   * HeaderUtility::matchHeaders), so that case is a way of its own.
   */
  private static List<Map<String, Object>> ways(
      NamedMatch header, Map<String, Object> condition, Set<String> present) {
    if (!header.negated()) {
      return List.of(condition);
    }
    var inverted = new LinkedHashMap<>(condition);
    inverted.put("Invert", true);
    if (header.value().kind() == TextMatch.Kind.PRESENT || present.contains(header.name())) {
      return List.of(inverted);
    }
    var absent = new LinkedHashMap<String, Object>();
    absent.put("Name", header.name());
    absent.put("Present", true);
    absent.put("Invert", true);
    return List.of(absent, inverted);
  }

  private static void multiply(
      List<List<Map<String, Object>>> alternatives, List<Map<String, Object>> ways) {
    var product = new ArrayList<List<Map<String, Object>>>();
    for (List<Map<String, Object>> before : alternatives) {
      for (Map<String, Object> way : ways) {
        var longer = new ArrayList<>(before);
        longer.add(way);
        product.add(longer);
      }
    }
    alternatives.clear();
    alternatives.addAll(product);
  }

  private boolean add(
      String name,
      String field,
      Optional<TextMatch> condition,
      List<List<Map<String, Object>>> alternatives) {
    if (condition.isEmpty()) {
      return true;
    }
    var written = TextConditions.header(":" + name, condition.get());
    if (written.isEmpty()) {
      losses.drop(path + field, "the expression is none in RE2; the match is left out");
      return false;
    }
    multiply(alternatives, List.of(written.get()));
    return true;
  }
}
