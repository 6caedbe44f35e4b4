package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.Map;
import java.util.Optional;

/** Knows the labels of namespaces, as far as they may be read. */
@FunctionalInterface
public interface NamespaceLabels {
  /** No more is known than what Kubernetes itself sees to. */
  NamespaceLabels NONE = namespace -> Optional.empty();

  /** The labels of a namespace; empty if they are not known. */
  Optional<Map<String, String>> of(String namespace);
}
