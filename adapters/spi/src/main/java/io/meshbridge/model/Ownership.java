package io.meshbridge.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every object that the bridge writes says of itself. It is how the bridge knows its own
 * objects, and how a reader of the mesh knows where one comes from. Identity is read from here,
 * never from a name.
 *
 * @param federation the federation that the object belongs to
 * @param target the mesh that it was written into
 * @param service the service that it stands for, at its origin
 * @param path the meshes that the service has travelled through, without the target
 * @param contentHash the {@link ContentHash} of what was written, without this mark
 */
public record Ownership(
    String federation, MeshId target, ServiceKey service, FederationPath path, String contentHash) {

  /** The import's id: the same for the same service, target and federation, always. */
  public String importUid() {
    return importUid(federation, target, service);
  }

  /** The id of the import of a service by a mesh: 32 hexadecimal digits. */
  public static String importUid(String federation, MeshId target, ServiceKey service) {
    return ContentHash.shortOf(
        Map.of(
            "federation", federation,
            "target", target.value(),
            "mesh", service.mesh().value(),
            "namespace", service.namespace(),
            "name", service.name()),
        32);
  }

  /** As key and value, to be written on an object. */
  public SortedMap<String, String> toMarks(Marks marks) {
    var values = new TreeMap<String, String>();
    values.put(marks.of("federation"), federation);
    values.put(marks.of("target"), target.value());
    values.put(marks.of("import-uid"), importUid());
    values.put(marks.of("origin-mesh"), service.mesh().value());
    values.put(marks.of("origin-namespace"), service.namespace());
    values.put(marks.of("origin-name"), service.name());
    values.put(marks.of("path"), path.toString());
    values.put(marks.of("content-hash"), contentHash);
    return values;
  }

  /**
   * Reads the marks of an object.
   *
   * @return empty if the object bears no whole set of marks, or one that contradicts itself; it is
   *     then not ours to touch
   */
  public static Optional<Ownership> fromMarks(Marks marks, Map<String, String> values) {
    var federation = values.get(marks.of("federation"));
    var target = values.get(marks.of("target"));
    var uid = values.get(marks.of("import-uid"));
    var mesh = values.get(marks.of("origin-mesh"));
    var namespace = values.get(marks.of("origin-namespace"));
    var name = values.get(marks.of("origin-name"));
    var path = values.get(marks.of("path"));
    var hash = values.get(marks.of("content-hash"));
    if (federation == null
        || target == null
        || uid == null
        || mesh == null
        || namespace == null
        || name == null
        || path == null
        || hash == null) {
      return Optional.empty();
    }
    try {
      var ownership =
          new Ownership(
              federation,
              new MeshId(target),
              new ServiceKey(new MeshId(mesh), namespace, name),
              FederationPath.parse(path),
              hash);
      return ownership.importUid().equals(uid) ? Optional.of(ownership) : Optional.empty();
    } catch (IllegalArgumentException someoneElsesText) {
      return Optional.empty();
    }
  }

  /** Whether the object belongs to this federation's import into this mesh. */
  public boolean isOf(String thisFederation, MeshId thisTarget) {
    return federation.equals(thisFederation) && target.equals(thisTarget);
  }
}
