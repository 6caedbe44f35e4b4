package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a StringMatch. */
final class TextMatches {
  private static final List<String> KINDS = List.of("exact", "prefix", "regex");
  // Istio takes this for "any", though it is no expression (pilot's canBeConvertedToPresentMatch).
  private static final String ANY = "*";

  private TextMatches() {}

  /** A condition of its own; empty if it is not there, or says nothing. */
  static Optional<Sourced<TextMatch>> read(TracedFields holder, String name) {
    return holder.has(name) ? read(holder.object(name)) : Optional.empty();
  }

  /** One of a map of conditions: without anything said, its subject must be there. */
  static Sourced<TextMatch> readPresent(TracedFields match) {
    return read(match).orElseGet(() -> Sourced.of(TextMatch.PRESENT, match.ref()));
  }

  private static Optional<Sourced<TextMatch>> read(TracedFields match) {
    var refs = new ArrayList<FieldRef>();
    Optional<TextMatch> found = Optional.empty();
    for (String kind : KINDS) {
      var value = match.text(kind);
      if (value.isPresent() && found.isPresent()) {
        match.error(kind, "must stand alone: a match is exact, prefix or regex");
      } else if (value.isPresent()) {
        found = matchOf(match, kind, value.orElseThrow());
        refs.add(match.ref(kind));
      }
    }
    return found.map(value -> new Sourced<>(value, refs));
  }

  private static Optional<TextMatch> matchOf(TracedFields match, String kind, String value) {
    if (kind.equals("exact")) {
      return Optional.of(TextMatch.exact(value));
    }
    if (value.isEmpty()) {
      match.error(kind, "must not be empty");
      return Optional.empty();
    }
    if (kind.equals("prefix")) {
      return Optional.of(TextMatch.prefix(value));
    }
    if (value.equals(ANY)) {
      return Optional.of(TextMatch.PRESENT);
    }
    Expressions.faultOf(value).ifPresent(fault -> match.error(kind, fault));
    return Optional.of(TextMatch.regex(value));
  }
}
