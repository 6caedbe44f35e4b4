package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the bridge's ownership stands on a Kubernetes object: what fits into a label value as labels,
 * so that people and selectors find it, and the rest as annotations.
 */
public final class OwnMarks {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final Marks MARKS = Marks.KUBERNETES;

  private OwnMarks() {}

  /** The labels of an object with this ownership. */
  public static SortedMap<String, String> labels(Ownership ownership) {
    var labels = new TreeMap<String, String>();
    labels.put(MANAGED_BY, "meshbridge");
    ownership
        .toMarks(MARKS)
        .forEach(
            (key, value) -> {
              if (isLabel(key)) {
                labels.put(key, value);
              }
            });
    return labels;
  }

  /** The annotations of an object with this ownership. */
  public static SortedMap<String, String> annotations(Ownership ownership) {
    var annotations = new TreeMap<>(ownership.toMarks(MARKS));
    annotations.keySet().removeIf(OwnMarks::isLabel);
    return annotations;
  }

  /** Whose import the object is, if a bridge wrote it. */
  public static Optional<Ownership> of(KubeObject object) {
    return Ownership.fromMarks(MARKS, object.marks());
  }

  /** The federation path of an object that a bridge wrote; empty for all others. */
  public static String pathOf(KubeObject object) {
    return of(object).map(ownership -> ownership.path().toString()).orElse("");
  }

  /** Whether the object's owner offers it to the federation by our label. */
  public static boolean isExported(KubeObject object) {
    return "true".equals(object.labels().get(MARKS.export()));
  }

  /** Whether the object's owner publishes its raw address although the mesh guards it. */
  public static boolean isDirect(KubeObject object) {
    return "direct".equals(object.marks().get(MARKS.address()));
  }

  private static boolean isLabel(String key) {
    return key.equals(MARKS.of("federation"))
        || key.equals(MARKS.of("target"))
        || key.equals(MARKS.of("import-uid"))
        || key.equals(MARKS.of("origin-mesh"));
  }
}
