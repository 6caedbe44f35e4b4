package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One HTTPMatchRequest, read. Of a rule of a root and one of its delegate both must hold.
 *
 * @param path what stands in the field {@code uri}
 * @param ignoreCase whether the path's case counts
 * @param headers by name, those that must not match among them
 */
record RequestMatch(
    Optional<Sourced<PathMatch>> path,
    boolean ignoreCase,
    Optional<Sourced<TextMatch>> method,
    Optional<Sourced<TextMatch>> authority,
    Optional<Sourced<TextMatch>> scheme,
    List<Sourced<NamedMatch>> headers,
    List<Sourced<NamedMatch>> query,
    Optional<Sourced<Integer>> port,
    Optional<Sourced<String>> clientNamespace,
    SortedMap<String, Sourced<String>> clientLabels) {

  /** In the model's words; notes where everything was read from below a field of the rule. */
  HttpMatch toModel(String field, Sources.Builder sources) {
    path.ifPresent(part -> part.tell(field + ".path", sources));
    method.ifPresent(part -> part.tell(field + ".method", sources));
    authority.ifPresent(part -> part.tell(field + ".authority", sources));
    scheme.ifPresent(part -> part.tell(field + ".scheme", sources));
    port.ifPresent(part -> part.tell(field + ".port", sources));
    clientNamespace.ifPresent(part -> part.tell(field + ".client.namespace", sources));
    var labels = new TreeMap<String, String>();
    clientLabels.forEach(
        (key, label) -> {
          label.tell(field + ".client.labels", sources);
          labels.put(key, label.value());
        });
    return new HttpMatch(
        path.map(Sourced::value),
        method.map(Sourced::value),
        valuesOf(headers, field + ".headers", sources),
        valuesOf(query, field + ".query", sources),
        authority.map(Sourced::value),
        scheme.map(Sourced::value),
        port.map(part -> OptionalInt.of(part.value())).orElseGet(OptionalInt::empty),
        new ClientMatch(clientNamespace.map(Sourced::value).orElse(""), labels));
  }

  /**
   * Both together, as Istio merges a delegate's match into its root's: what the delegate says is
   * taken where both say something.
   *
   * @return empty if Istio finds that they contradict each other
   */
  Optional<RequestMatch> and(RequestMatch delegate) {
    if (contradicts(delegate)) {
      return Optional.empty();
    }
    var labels = new TreeMap<>(clientLabels);
    labels.putAll(delegate.clientLabels);
    return Optional.of(
        new RequestMatch(
            delegate.path.or(() -> path),
            ignoreCase,
            delegate.method.or(() -> method),
            delegate.authority.or(() -> authority),
            delegate.scheme.or(() -> scheme),
            merged(headers, delegate.headers),
            merged(query, delegate.query),
            delegate.port.or(() -> port),
            delegate.clientNamespace.or(() -> clientNamespace),
            labels));
  }

  /** Istio's own rule ({@code hasConflict} in pilot/pkg/model/virtualservice.go). */
  private boolean contradicts(RequestMatch leaf) {
    var here = namedIn(headers, false);
    var roots = namedIn(query, false);
    return contradicts(texts(path), texts(leaf.path))
        || Stream.<Function<RequestMatch, Optional<Sourced<TextMatch>>>>of(
                RequestMatch::method, RequestMatch::authority, RequestMatch::scheme)
            .anyMatch(
                part ->
                    contradicts(
                        part.apply(this).map(Sourced::value), part.apply(leaf).map(Sourced::value)))
        || leaf.headers.stream().anyMatch(header -> contradicts(here, header.value()))
        || leaf.query.stream().anyMatch(parameter -> contradicts(roots, parameter.value()))
        || ignoreCase != leaf.ignoreCase
        || (port.isPresent()
            && leaf.port.isPresent()
            && !port.get().value().equals(leaf.port.get().value()))
        || (clientNamespace.isPresent()
            && !clientNamespace
                .map(Sourced::value)
                .equals(leaf.clientNamespace.map(Sourced::value)))
        || leaf.clientLabels.entrySet().stream()
            .anyMatch(
                label ->
                    clientLabels.containsKey(label.getKey())
                        && !clientLabels
                            .get(label.getKey())
                            .value()
                            .equals(label.getValue().value()));
  }

  private static boolean contradicts(Map<String, TextMatch> roots, NamedMatch leaf) {
    return contradicts(Optional.ofNullable(roots.get(leaf.name())), Optional.of(leaf.value()));
  }

  /** Whether the leaf's texts are no part of the root's, as far as Istio looks. */
  private static boolean contradicts(Optional<TextMatch> root, Optional<TextMatch> leaf) {
    if (root.isEmpty() || leaf.isEmpty()) {
      return false;
    }
    var wide = root.orElseThrow();
    var narrow = leaf.orElseThrow();
    return switch (wide.kind()) {
      case EXACT -> narrow.kind() != TextMatch.Kind.EXACT || !narrow.value().equals(wide.value());
      case PREFIX ->
          !(narrow.kind() == TextMatch.Kind.EXACT || narrow.kind() == TextMatch.Kind.PREFIX)
              || !narrow.value().startsWith(wide.value());
      case REGEX, PRESENT, SUFFIX, CONTAINS -> true;
    };
  }

  private static Optional<TextMatch> texts(Optional<Sourced<PathMatch>> path) {
    return path.map(Sourced::value)
        .map(
            match ->
                switch (match.kind()) {
                  case EXACT -> TextMatch.exact(match.value());
                  case SEGMENT_PREFIX, STRING_PREFIX -> TextMatch.prefix(match.value());
                  case REGEX -> TextMatch.regex(match.value());
                });
  }

  private static Map<String, TextMatch> namedIn(List<Sourced<NamedMatch>> parts, boolean negated) {
    var found = new TreeMap<String, TextMatch>();
    parts.stream()
        .map(Sourced::value)
        .filter(part -> part.negated() == negated)
        .forEach(part -> found.put(part.name(), part.value()));
    return found;
  }

  private static List<Sourced<NamedMatch>> merged(
      List<Sourced<NamedMatch>> root, List<Sourced<NamedMatch>> leaf) {
    var all = new ArrayList<Sourced<NamedMatch>>();
    root.stream()
        .filter(part -> leaf.stream().noneMatch(other -> isSame(part, other)))
        .forEach(all::add);
    all.addAll(leaf);
    return all;
  }

  private static boolean isSame(Sourced<NamedMatch> part, Sourced<NamedMatch> other) {
    return part.value().name().equals(other.value().name())
        && part.value().negated() == other.value().negated();
  }

  private static List<NamedMatch> valuesOf(
      List<Sourced<NamedMatch>> parts, String field, Sources.Builder sources) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).tell(field + "[" + i + "]", sources);
    }
    return parts.stream().map(Sourced::value).toList();
  }
}
