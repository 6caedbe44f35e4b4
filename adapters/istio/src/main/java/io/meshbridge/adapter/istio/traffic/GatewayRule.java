package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.istio.traffic.GatewayRules.Door;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a rule of a VirtualService to the places of a Gateway where it holds. */
final class GatewayRule {
  private GatewayRule() {}

  /** The rule there; empty if none of its matches can hold at any of these places. */
  static Optional<HttpRule> at(HttpRule rule, List<Door> doors) {
    var sources = new Sources.Builder();
    rule.sources()
        .fields()
        .forEach(
            (field, refs) -> {
              if (!field.startsWith("matches[")) {
                refs.forEach(ref -> sources.add(field, ref));
              }
            });
    var own = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
    // Two namespaces' hosts may meet in one and the same place.
    var matches = new LinkedHashMap<HttpMatch, Integer>();
    for (int i = 0; i < own.size(); i++) {
      // A match that names a host itself meets it in the widest of these places first.
      for (Door door : own.get(i).authority().isPresent() ? widestFirst(doors) : doors) {
        var there = at(own.get(i), door).filter(match -> !isWithin(match, matches.keySet()));
        if (there.isPresent()) {
          var field = "matches[" + matches.size() + "]";
          matches.put(there.orElseThrow(), i);
          noteAll(rule.sources(), "matches[" + i + "]", field, sources);
          sources.add(field + ".port", door.portRef());
          door.hostRefs().forEach(ref -> sources.add(field + ".authority", ref));
        }
      }
    }
    return matches.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HttpRule(
                rule.name(),
                rule.grpc(),
                new ArrayList<>(matches.keySet()),
                rule.filters(),
                rule.backends(),
                rule.timeouts(),
                rule.retry(),
                rule.affinity(),
                sources.build()));
  }

  private static List<Door> widestFirst(List<Door> doors) {
    return doors.stream().sorted(Comparator.comparing(door -> specificity(door.host()))).toList();
  }

  private static int specificity(String host) {
    return host.startsWith(HostConditions.ANY) ? host.length() : Integer.MAX_VALUE;
  }

  /** Whether a match holds for nothing that another does not hold for, of one and the same port. */
  private static boolean isWithin(HttpMatch match, Collection<HttpMatch> others) {
    var host = HostConditions.hostOf(match.authority());
    return others.contains(match)
        || (host.isPresent()
            && others.stream()
                .anyMatch(
                    other ->
                        at(other, Optional.empty()).equals(at(match, Optional.empty()))
                            && isWider(other, host.orElseThrow())));
  }

  private static boolean isWider(HttpMatch other, String host) {
    return HostConditions.hostOf(other.authority())
        .filter(wide -> !wide.equals(host) && HostConditions.covers(wide, host))
        .isPresent();
  }

  private static Optional<HttpMatch> at(HttpMatch match, Door door) {
    if (match.port().isPresent() && match.port().getAsInt() != door.port()) {
      return Optional.empty();
    }
    var authority = authorityAt(match.authority(), door.host());
    return authority.map(condition -> at(match.withPort(door.port()), condition));
  }

  private static HttpMatch at(HttpMatch match, Optional<TextMatch> authority) {
    return new HttpMatch(
        match.path(),
        match.method(),
        match.headers(),
        match.query(),
        authority,
        match.scheme(),
        match.port(),
        match.client());
  }

  /** Both the host of the place and what the match asks of it must hold. */
  private static Optional<Optional<TextMatch>> authorityAt(Optional<TextMatch> own, String host) {
    if (own.isEmpty()) {
      return Optional.of(HostConditions.of(host));
    }
    var condition = own.orElseThrow();
    if (condition.kind() == TextMatch.Kind.REGEX) {
      var name = HostExpressions.hostOf(condition.value());
      if (name.isPresent()) {
        return HostConditions.common(name.get(), host).map(HostConditions::of);
      }
    }
    if (host.equals(HostConditions.ANY)) {
      return Optional.of(own);
    }
    if (!host.startsWith(HostConditions.ANY)) {
      boolean holds = host.matches("(?:" + StringMatches.expressionOf(condition) + ")");
      return holds ? Optional.of(HostConditions.of(host)) : Optional.empty();
    }
    return HostConditions.hostOf(own)
        .map(name -> HostConditions.common(name, host).map(HostConditions::of))
        .orElseGet(() -> Optional.of(Optional.of(within(condition, host))));
  }

  /** A condition that holds for some of the hosts below one. */
  private static TextMatch within(TextMatch condition, String host) {
    var below = StringMatches.quoted(host.substring(1));
    return condition.kind() == TextMatch.Kind.PREFIX
        ? TextMatch.regex(StringMatches.quoted(condition.value()) + ".*" + below)
        : condition;
  }

  private static void noteAll(Sources all, String before, String after, Sources.Builder sources) {
    for (Map.Entry<String, List<FieldRef>> entry : all.fields().entrySet()) {
      var field = entry.getKey();
      if (field.equals(before) || field.startsWith(before + ".")) {
        entry.getValue().forEach(ref -> sources.add(after + field.substring(before.length()), ref));
      }
    }
  }
}
