package io.meshbridge.doctor;

import io.meshbridge.spi.Document;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One object of a mesh.
 *
 * @param root all of it
 */
record NativeObject(Part root) {
  private static final String CONSUL_GROUP = "consul.hashicorp.com";

  static NativeObject of(Document document) {
    return new NativeObject(Part.of(document));
  }

  /** The API group of a Kubernetes object; empty for the core group, and for others. */
  String group() {
    var version = root.at("apiVersion").text();
    int slash = version.indexOf('/');
    return slash < 0 ? "" : version.substring(0, slash);
  }

  String kind() {
    return root.at("kind").text();
  }

  String name() {
    return root.at("metadata", "name").text();
  }

  /** The namespace of a Kubernetes object. */
  String namespace() {
    var namespace = root.at("metadata", "namespace").text();
    return namespace.isEmpty() ? "default" : namespace;
  }

  Part spec() {
    return root.at("spec");
  }

  Part label(String key) {
    return root.at("metadata", "labels", key);
  }

  Part annotation(String key) {
    return root.at("metadata", "annotations", key);
  }

  /** The texts of a map, such as a selector. */
  static Map<String, String> texts(Part map) {
    return map.fields().collect(Collectors.toMap(Part::name, Part::text));
  }

  /**
   * The kind of a Consul config entry, as the HTTP API calls it, such as {@code service-router};
   * empty if it is none.
   */
  String entryKind() {
    if (group().equals(CONSUL_GROUP)) {
      return kind().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
    return root.at("apiVersion").exists() ? "" : root.at("Kind").text();
  }

  /** The name of a Consul config entry. */
  String entryName() {
    return group().equals(CONSUL_GROUP) ? name() : root.at("Name").text();
  }

  /** What a Consul config entry says. */
  Part entry() {
    return group().equals(CONSUL_GROUP) ? spec() : root;
  }

  /** The Consul services that a document registers or defines. */
  Stream<Part> registered() {
    if (root.at("apiVersion").exists() || !root.at("Kind").text().isEmpty()) {
      return Stream.empty();
    }
    var several = root.at("services");
    if (several.items().findAny().isPresent()) {
      return several.items();
    }
    var one = root.at("Service");
    return one.fields().findAny().isPresent() ? Stream.of(one) : Stream.empty();
  }
}
