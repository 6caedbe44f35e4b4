package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes single objects, each with the preconditions that the API has, as one field manager.
 *
 * <p>Objects are created by create and changed by server-side apply with their uid: an apply alone
 * would change an object that somebody else created under the same name in the meantime.
 */
public final class ObjectWriter {
  private static final String JSON = "application/json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";

  private final ApiRequests requests;
  private final String fieldManager;

  /**
   * Writes through a connection.
   *
   * @param fieldManager at most 128 printable characters
   */
  public ObjectWriter(KubernetesAccess access, String fieldManager) {
    this.requests = new ApiRequests(access);
    this.fieldManager = fieldManager;
  }

  /**
   * Creates an object that must not be there yet.
   *
   * @param permit checked right before each request that writes
   */
  public WriteResult create(
      ResourceType type, ResourceKey key, Map<String, Object> manifest, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var path = type.collectionPath(key.namespace()) + managerParameter();
    return requests.write("POST", path, JSON, manifest, type, permit);
  }

  /**
   * Applies our fields to an object that we read before.
   *
   * @param live what was read; a new object of that name is not touched
   * @param force whether to take fields that another manager holds
   * @param permit checked right before each request that writes, since the first change after a
   *     create takes two
   */
  public WriteResult apply(
      ResourceType type,
      KubeObject live,
      Map<String, Object> manifest,
      boolean force,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (live.version().managers().contains(fieldManager + "/Update")) {
      var adopted = adopt(type, live, permit);
      if (!(adopted instanceof WriteResult.Done)) {
        return adopted;
      }
    }
    var path = type.objectPath(live.key()) + managerParameter() + "&force=" + force;
    var body = Manifests.withUid(manifest, live.version().uid());
    return requests.write("PATCH", path, APPLY, body, type, permit);
  }

  /**
   * Applies our part of the status of an object that we read before, and nothing that another field
   * manager holds.
   *
   * @param live what was read; a new object of that name is not touched
   * @param permit checked right before the request
   */
  public WriteResult applyStatus(
      ResourceType type, KubeObject live, Map<String, Object> status, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    body.put("apiVersion", type.apiVersion());
    body.put("kind", type.kind());
    body.put(
        "metadata",
        Map.of(
            "name",
            live.key().name(),
            "namespace",
            live.key().namespace(),
            "uid",
            live.version().uid()));
    body.put("status", status);
    var path = type.objectPath(live.key()) + "/status" + managerParameter() + "&force=false";
    return requests.write("PATCH", path, APPLY, body, type, permit);
  }

  /**
   * Puts whole lists in place of what stands there, also of elements that others added.
   *
   * @param live what was read; another state of it is not touched
   * @param lists by their paths, such as {@code spec.ports}
   * @param permit checked right before each request that writes
   */
  public WriteResult replaceLists(
      ResourceType type, KubeObject live, Map<String, List<?>> lists, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var patch = unchanged(live.version().uid(), live.version().resourceVersion());
    lists.forEach(
        (path, list) -> patch.add(operation("replace", "/" + path.replace('.', '/'), list)));
    var path = type.objectPath(live.key()) + managerParameter();
    return requests.write("PATCH", path, JSON_PATCH, patch, type, permit);
  }

  /**
   * Deletes the object if it still is the one, and in the state, that was read.
   *
   * @param permit checked right before each request that writes
   */
  public WriteResult delete(ResourceType type, KubeObject live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var version = live.version();
    var options =
        Map.<String, Object>of(
            "apiVersion",
            "v1",
            "kind",
            "DeleteOptions",
            "preconditions",
            Map.of("uid", version.uid(), "resourceVersion", version.resourceVersion()));
    return requests.delete(type.objectPath(live.key()), options, type, live, permit);
  }

  /** The object as it is now; empty if it is not there. */
  public Optional<KubeObject> read(ResourceType type, ResourceKey key)
      throws MeshUnavailableException, InterruptedException {
    return requests.get(type.objectPath(key)).map(resource -> KubeObject.of(type, resource));
  }

  /**
   * Turns the fields that our create wrote into fields that we apply. Without this, what a later
   * apply leaves out would stay, because the create still claims it.
   */
  private WriteResult adopt(ResourceType type, KubeObject live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var current = requests.get(type.objectPath(live.key()));
    if (current.isEmpty()) {
      return new WriteResult.Missing(live.reference() + " is not there");
    }
    var resource = current.orElseThrow();
    var meta = resource.getMetadata();
    if (!live.version().uid().equals(meta.getUid())) {
      return new WriteResult.Outdated();
    }
    var patch = unchanged(meta.getUid(), meta.getResourceVersion());
    patch.add(operation("replace", "/metadata/managedFields", applied(resource)));
    return requests.write("PATCH", type.objectPath(live.key()), JSON_PATCH, patch, type, permit);
  }

  private List<ManagedFieldsEntry> applied(GenericKubernetesResource resource) {
    var entries = new ArrayList<ManagedFieldsEntry>();
    for (ManagedFieldsEntry entry : resource.getMetadata().getManagedFields()) {
      boolean ours = fieldManager.equals(entry.getManager());
      // An apply of ours replaces what an older one claimed, so only one of both may stay.
      if (!ours || "Update".equals(entry.getOperation())) {
        if (ours) {
          entry.setOperation("Apply");
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The begin of a patch that is for this state of this object alone. */
  private static List<Map<String, Object>> unchanged(String uid, String resourceVersion) {
    var patch = new ArrayList<Map<String, Object>>();
    patch.add(operation("test", "/metadata/uid", uid));
    patch.add(operation("test", "/metadata/resourceVersion", resourceVersion));
    return patch;
  }

  private static Map<String, Object> operation(String op, String path, Object value) {
    return Map.of("op", op, "path", path, "value", value);
  }

  private String managerParameter() {
    return "?fieldManager=" + Manifests.encoded(fieldManager) + "&fieldValidation=Strict";
  }
}
