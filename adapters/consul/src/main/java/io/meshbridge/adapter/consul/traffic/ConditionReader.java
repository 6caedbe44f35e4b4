package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.TextMatch.Kind;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the condition on a header or a parameter: just one of the fields that name one. */
final class ConditionReader {
  /** Everything that a condition may hold. */
  static final List<String> FIELDS =
      List.of(
          "Name",
          "Present",
          "Exact",
          "Prefix",
          "Suffix",
          "Contains",
          "Regex",
          "IgnoreCase",
          "Invert");

  private ConditionReader() {}

  /** The condition; empty if there is none or more than one, or if it makes no sense. */
  static Optional<TextMatch> read(TracedFields fields) {
    var given = new LinkedHashMap<String, TextMatch>();
    if (fields.flag("Present").orElse(false)) {
      given.put("Present", TextMatch.PRESENT);
    }
    var ignoreCase = fields.flag("IgnoreCase").orElse(false);
    for (Kind kind : new Kind[] {Kind.EXACT, Kind.PREFIX, Kind.SUFFIX, Kind.CONTAINS, Kind.REGEX}) {
      var field = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
      fields
          .text(field)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> given.put(field, new TextMatch(kind, value, ignoreCase)));
    }
    if (given.size() != 1) {
      fields
          .trace()
          .error(
              fields.path(),
              given.isEmpty()
                  ? "must hold a condition: Present, Exact, Prefix, Suffix or Regex"
                  : "must hold one condition, but holds " + new ArrayList<>(given.keySet()));
      return Optional.empty();
    }
    var condition = given.firstEntry();
    if (condition.getValue().kind() == Kind.REGEX) {
      var fault = Regexes.faultOf(condition.getValue().value());
      if (fault.isPresent()) {
        fields.error(condition.getKey(), fault.get());
        return Optional.empty();
      }
    }
    return Optional.of(condition.getValue());
  }
}
