package io.meshbridge.adapter.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds what is sent to the API server. */
public final class Manifests {
  private Manifests() {}

  /**
   * An object without content yet; fields can be added to it.
   *
   * @param labels as they stand on the object, in the order in which they shall be printed
   * @param annotations likewise
   */
  public static Map<String, Object> of(
      ResourceType type,
      ResourceKey key,
      Map<String, String> labels,
      Map<String, String> annotations) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", key.name());
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    metadata.put("labels", labels);
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("apiVersion", type.apiVersion());
    manifest.put("kind", type.kind());
    manifest.put("metadata", metadata);
    return manifest;
  }

  /** The same object, going with another one: it is collected when that one is gone. */
  public static Map<String, Object> ownedBy(KubeObject owner, Map<String, Object> manifest) {
    var reference = new LinkedHashMap<String, Object>();
    reference.put("apiVersion", owner.apiVersion());
    reference.put("kind", owner.kind());
    reference.put("name", owner.key().name());
    reference.put("uid", owner.version().uid());
    reference.put("controller", false);
    reference.put("blockOwnerDeletion", false);
    return with(manifest, "ownerReferences", List.of(reference));
  }

  static Map<String, Object> withUid(Map<String, Object> manifest, String uid) {
    return with(manifest, "uid", uid);
  }

  private static Map<String, Object> with(
      Map<String, Object> manifest, String field, Object value) {
    var copy = new LinkedHashMap<>(manifest);
    var metadata =
        new LinkedHashMap<Object, Object>((Map<?, ?>) manifest.getOrDefault("metadata", Map.of()));
    metadata.put(field, value);
    copy.put("metadata", metadata);
    return copy;
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
