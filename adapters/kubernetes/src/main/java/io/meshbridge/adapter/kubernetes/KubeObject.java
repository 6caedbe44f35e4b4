package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One Kubernetes object, live or from a file. Kept as nested maps rather than as a typed class, so
 * that one malformed field costs that field, and never a whole list of objects.
 *
 * @param apiVersion as the object says
 * @param kind as the object says
 * @param key its namespace and name
 * @param version who it is and in which state; empty texts for an object from a file
 * @param labels its labels
 * @param annotations its annotations
 * @param content everything but {@code metadata}, such as {@code spec}
 */
public record KubeObject(
    String apiVersion,
    String kind,
    ResourceKey key,
    Version version,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    Map<String, Object> content) {

  /**
   * Which incarnation of an object, and who wrote it. Managed fields themselves are not kept: they
   * are often larger than the object.
   *
   * @param uid new whenever the name is used again
   * @param resourceVersion new at every change
   * @param created when, as the server spells it
   * @param managers who wrote fields, each as {@code manager/operation}
   * @param owners the uids of the objects that it goes with
   * @param generation new at every change of what is wanted; 0 if the server does not count
   */
  public record Version(
      String uid,
      String resourceVersion,
      String created,
      SortedSet<String> managers,
      SortedSet<String> owners,
      long generation) {
    /** Of an object that no server knows. */
    public static final Version NONE =
        new Version("", "", "", Collections.emptySortedSet(), Collections.emptySortedSet());

    /** Of an object whose generations do not count. */
    public Version(
        String uid,
        String resourceVersion,
        String created,
        SortedSet<String> managers,
        SortedSet<String> owners) {
      this(uid, resourceVersion, created, managers, owners, 0);
    }

    /** Of an object from a file, which may say when a server took it. */
    static Version from(String created) {
      return new Version(
          "", "", created, Collections.emptySortedSet(), Collections.emptySortedSet());
    }
  }

  /** Copies labels and annotations. */
  public KubeObject {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** What the server said. */
  static KubeObject of(ResourceType type, GenericKubernetesResource resource) {
    // A Status, which is how a delete is answered, may come without metadata.
    var meta = Objects.requireNonNullElseGet(resource.getMetadata(), ObjectMeta::new);
    return new KubeObject(
        type.apiVersion(),
        type.kind(),
        new ResourceKey(text(meta.getNamespace()), text(meta.getName())),
        versionOf(meta),
        textMap(meta.getLabels()),
        textMap(meta.getAnnotations()),
        resource.getAdditionalProperties());
  }

  /** What the server said, as people keep it in files: without who wrote which field. */
  static Map<String, Object> manifest(ResourceType type, GenericKubernetesResource resource) {
    var meta = Objects.requireNonNullElseGet(resource.getMetadata(), ObjectMeta::new);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", text(meta.getName()));
    putUnlessEmpty(metadata, "namespace", text(meta.getNamespace()));
    putUnlessEmpty(metadata, "creationTimestamp", text(meta.getCreationTimestamp()));
    var labels = textMap(meta.getLabels());
    if (!labels.isEmpty()) {
      metadata.put("labels", labels);
    }
    var annotations = textMap(meta.getAnnotations());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("apiVersion", type.apiVersion());
    manifest.put("kind", type.kind());
    manifest.put("metadata", metadata);
    manifest.putAll(resource.getAdditionalProperties());
    return manifest;
  }

  /**
   * What stands in a file. An object without a namespace is in {@code default}, where kubectl would
   * put it.
   *
   * @return empty if it has no kind or no name
   */
  public static Optional<KubeObject> of(Map<String, Object> document, Problems problems) {
    var root = Fields.of(document, "", problems);
    var kind = root.text("kind");
    var meta = root.object("metadata");
    var name = meta.text("name");
    if (kind.isEmpty() || name.isEmpty()) {
      problems.add(
          kind.isEmpty() ? "kind" : "metadata.name", "is missing; every Kubernetes object has one");
      return Optional.empty();
    }
    var namespace = meta.text("namespace");
    var content = new LinkedHashMap<>(document);
    content.keySet().removeAll(java.util.Set.of("apiVersion", "kind", "metadata"));
    return Optional.of(
        new KubeObject(
            root.text("apiVersion"),
            kind,
            new ResourceKey(namespace.isEmpty() ? "default" : namespace, name),
            Version.from(meta.text("creationTimestamp")),
            meta.texts("labels"),
            meta.texts("annotations"),
            content));
  }

  /** {@code Kind namespace/name}, for people. */
  public String reference() {
    return kind + " " + key;
  }

  /** The API group; empty for the core group. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** A reader of the content. */
  public Fields fields(Problems problems) {
    return Fields.of(content, "", problems);
  }

  /** Labels and annotations together; a label wins over an annotation of the same key. */
  public Map<String, String> marks() {
    var union = new TreeMap<>(annotations);
    union.putAll(labels);
    return union;
  }

  private static void putUnlessEmpty(Map<String, Object> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  private static Version versionOf(ObjectMeta meta) {
    var managers = new TreeSet<String>();
    if (meta.getManagedFields() != null) {
      meta.getManagedFields().forEach(f -> managers.add(f.getManager() + "/" + f.getOperation()));
    }
    var owners = new TreeSet<String>();
    if (meta.getOwnerReferences() != null) {
      meta.getOwnerReferences().forEach(owner -> owners.add(text(owner.getUid())));
    }
    return new Version(
        text(meta.getUid()),
        text(meta.getResourceVersion()),
        text(meta.getCreationTimestamp()),
        managers,
        owners,
        Objects.requireNonNullElse(meta.getGeneration(), 0L));
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private static SortedMap<String, String> textMap(
      @org.jspecify.annotations.Nullable Map<String, String> values) {
    var copy = new TreeMap<String, String>();
    if (values != null) {
      values.forEach((key, value) -> copy.put(key, text(value)));
    }
    return copy;
  }
}
