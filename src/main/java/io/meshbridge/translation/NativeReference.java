package io.meshbridge.translation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which object a native document is, whatever it says: two documents of one reference are two
 * states of one object.
 *
 * @param group the API group of a Kubernetes object, whose version does not matter; else empty
 * @param text for people: {@code Kind namespace/name} of Kubernetes, {@code kind name} of a config
 *     entry, {@code service id at node} of a registration
 */
record NativeReference(String group, String text) implements Comparable<NativeReference> {
  private static final Comparator<NativeReference> ORDER =
      Comparator.comparing(NativeReference::text).thenComparing(NativeReference::group);

  private static final String DEFAULT = "default";

  /** The reference of a document; of one that is nothing known, all of its text. */
  static NativeReference of(Map<String, ?> content) {
    return find(content).orElseGet(() -> new NativeReference("", content.toString()));
  }

  /** The reference of a document; empty if it is nothing known. */
  static Optional<NativeReference> find(Map<String, ?> content) {
    var metadata = mapOf(content, "metadata");
    if (content.containsKey("kind") && !textOf(metadata, "name").isEmpty()) {
      return Optional.of(ofKubernetes(content, metadata));
    }
    if (content.containsKey("Kind") && content.containsKey("Name")) {
      var name = joined(namespaceOf(content), textOf(content, "Name"));
      return Optional.of(new NativeReference("", textOf(content, "Kind") + " " + name));
    }
    var service = mapOf(content, "Service");
    if (content.containsKey("Node") && !service.isEmpty()) {
      var id = joined(namespaceOf(service), textOf(service, "ID"));
      return Optional.of(
          new NativeReference("", "service " + id + " at " + textOf(content, "Node")));
    }
    return Optional.empty();
  }

  private static NativeReference ofKubernetes(
      Map<String, ?> content, Map<String, Object> metadata) {
    var namespace = textOf(metadata, "namespace");
    var name = joined(namespace.isEmpty() ? DEFAULT : namespace, textOf(metadata, "name"));
    return new NativeReference(
        groupOf(textOf(content, "apiVersion")), textOf(content, "kind") + " " + name);
  }

  @Override
  public int compareTo(NativeReference other) {
    return ORDER.compare(this, other);
  }

  private static String groupOf(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
  }

  private static String namespaceOf(Map<String, ?> content) {
    var namespace = textOf(content, "Namespace");
    return namespace.equals(DEFAULT) ? "" : namespace;
  }

  private static String textOf(Map<String, ?> map, String field) {
    return Objects.toString(map.get(field), "");
  }

  private static Map<String, Object> mapOf(Map<String, ?> content, String field) {
    var copy = new LinkedHashMap<String, Object>();
    if (content.get(field) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
