package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Optional;

/**
 * A rule for HTTP as Istio sees it: one of its own, or one of a delegate below a rule of a root,
 * which says what the delegate's rule does not say.
 *
 * @param own the rule with destinations
 * @param namespace of the object that it stands in
 * @param root the root's rule
 * @param rootNamespace of the object that the root stands in
 */
record Route(
    TracedFields own, String namespace, Optional<TracedFields> root, String rootNamespace) {
  /** What a delegate's rule takes from its root ({@code mergeHTTPRoute} of istiod). */
  static final List<String> INHERITED =
      List.of(
          "rewrite",
          "directResponse",
          "timeout",
          "retries",
          "fault",
          "mirror",
          "mirrorPercent",
          "mirror_percent",
          "mirrorPercentage",
          "corsPolicy",
          "mirrors",
          "headers");

  /** A rule that belongs to nobody else. */
  static Route of(TracedFields rule, String namespace) {
    return new Route(rule, namespace, Optional.empty(), namespace);
  }

  /** The rule that says a section: the delegate's before the root's. */
  TracedFields saying(String section) {
    return own.has(section) ? own : root.orElse(own);
  }

  /** The namespace that short names of a section are of. */
  String namespaceOf(String section) {
    return own.has(section) ? namespace : rootNamespace;
  }

  /** Whether anyone says a section. */
  boolean has(String section) {
    return saying(section).has(section);
  }
}
