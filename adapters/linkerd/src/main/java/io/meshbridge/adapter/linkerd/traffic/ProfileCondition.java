package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.Regexes;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the condition of a ServiceProfile's route: what it asks for, as alternatives of which one
 * has to hold.
 */
final class ProfileCondition {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private ProfileCondition() {}

  /**
   * One alternative.
   *
   * @param path its expression
   * @param methods one of which it must be; empty for any
   * @param refs where it was declared
   */
  record Alternative(Optional<String> path, Set<String> methods, List<FieldRef> refs) {
    static final Alternative ANY = new Alternative(Optional.empty(), Set.of(), List.of());

    /** Both; empty if no request can be both, or that cannot be said. */
    Optional<Alternative> and(Alternative other) {
      if (path.isPresent() && other.path.isPresent() && !path.equals(other.path)) {
        return Optional.empty();
      }
      var both = new LinkedHashSet<>(methods.isEmpty() ? other.methods : methods);
      if (!methods.isEmpty() && !other.methods.isEmpty()) {
        both.retainAll(other.methods);
        if (both.isEmpty()) {
          return Optional.empty();
        }
      }
      var all = new LinkedHashSet<>(refs);
      all.addAll(other.refs);
      return Optional.of(new Alternative(path.or(other::path), both, List.copyOf(all)));
    }

    Optional<PathMatch> pathMatch() {
      return path.map(PathMatch::regex);
    }
  }

  /** The alternatives; none, and told, if the condition cannot be said to other meshes. */
  static List<Alternative> read(TracedFields condition) {
    List<Alternative> found = List.of(Alternative.ANY);
    boolean asked = false;
    if (condition.has("pathRegex")) {
      asked = true;
      found = and(condition, found, path(condition));
    }
    if (condition.has("method")) {
      asked = true;
      var method = condition.text("method").orElse("");
      found =
          and(
              condition,
              found,
              List.of(
                  new Alternative(
                      Optional.empty(), Set.of(method), List.of(condition.ref("method")))));
    }
    for (TracedFields part : condition.objects("all")) {
      asked = true;
      found = and(part, found, read(part));
    }
    if (condition.has("any")) {
      asked = true;
      var any = condition.objects("any").stream().flatMap(part -> read(part).stream()).toList();
      found = and(condition, found, any);
    }
    for (TracedFields part : negated(condition)) {
      asked = true;
      found = and(part, found, not(part));
    }
    if (!asked) {
      condition.trace().error(condition.path(), "must ask for a path, a method, or parts of them");
      return List.of();
    }
    return found;
  }

  private static List<Alternative> path(TracedFields condition) {
    var expression = condition.text("pathRegex").orElse("");
    var fault = Regexes.faultOf(expression);
    if (fault.isPresent() || expression.isEmpty()) {
      condition.error(
          "pathRegex", "is no regular expression of RE2: " + fault.orElse("it is empty"));
      return List.of();
    }
    return List.of(
        new Alternative(Optional.of(expression), Set.of(), List.of(condition.ref("pathRegex"))));
  }

  /** The definition speaks of a list, the controller of an object. */
  private static List<TracedFields> negated(TracedFields condition) {
    if (!condition.has("not")) {
      return List.of();
    }
    return condition.isList("not") ? condition.objects("not") : List.of(condition.object("not"));
  }

  private static List<Alternative> not(TracedFields part) {
    if (part.names().equals(List.of("method"))) {
      var methods = new LinkedHashSet<>(METHODS);
      methods.remove(part.text("method").orElse(""));
      return List.of(new Alternative(Optional.empty(), methods, List.of(part.ref("method"))));
    }
    part.names()
        .forEach(
            name ->
                part.drop(
                    name,
                    "that a path does not match cannot be told to other meshes; the route is left"
                        + " out",
                    "put a route for the other paths before it"));
    return List.of();
  }

  private static List<Alternative> and(
      TracedFields at, List<Alternative> one, List<Alternative> other) {
    var both = new ArrayList<Alternative>();
    for (Alternative first : one) {
      other.forEach(second -> first.and(second).ifPresent(both::add));
    }
    if (both.isEmpty() && !one.isEmpty() && !other.isEmpty()) {
      at.names()
          .forEach(
              name ->
                  at.drop(
                      name,
                      "that a path matches two expressions cannot be told to other meshes; the"
                          + " route is left out",
                      "write one expression"));
    }
    return both;
  }
}
