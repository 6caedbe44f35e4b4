package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.meshbridge.testkit.kubernetes.ManagedFields.Part;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the API in memory answers to reads and writes. */
final class MemoryApi {
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String NAMESPACES = "namespaces.";
  private static final String SERVICES = "services.";
  private static final String EVENTS = "events.events.k8s.io";

  private final MemoryObjects objects;
  private final ObjectMapper json;
  // The kind of each collection that is known; guarded by the lock of the objects.
  private final Map<String, String> kinds = new HashMap<>();
  // The versions in which a custom resource is served; guarded likewise.
  private final Map<String, Set<String>> versions = new HashMap<>();
  // The custom resources whose status is a subresource; guarded likewise.
  private final Set<String> withStatus = new HashSet<>();
  private final int mostServices;
  private volatile boolean nextPageExpires;

  /** Empty, with cluster addresses for that many Services. */
  MemoryApi(MemoryObjects objects, ObjectMapper json, int mostServices) {
    this.mostServices = mostServices;
    this.objects = objects;
    this.json = json;
    kinds.put(CRDS, "CustomResourceDefinition");
    kinds.put(NAMESPACES, "Namespace");
    kinds.put(SERVICES, "Service");
    kinds.put("pods.", "Pod");
    kinds.put("configmaps.", "ConfigMap");
    kinds.put("deployments.apps", "Deployment");
    kinds.put("endpointslices.discovery.k8s.io", "EndpointSlice");
    kinds.put(EVENTS, "Event");
    for (String namespace : List.of("default", "kube-system")) {
      var object = json.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
      object.putObject("metadata").put("name", namespace);
      create(path("namespaces"), object);
    }
  }

  /** Whether the collection is known, else the answer is 404. */
  void requireKnown(ApiPath path) {
    boolean served =
        versions.getOrDefault(path.collection(), Set.of(path.version())).contains(path.version());
    boolean hasPart =
        path.subresource().isEmpty() || (path.isStatus() && withStatus.contains(path.collection()));
    if (!kinds.containsKey(path.collection()) || !served || !hasPart) {
      throw ApiError.notFound("the server could not find the requested resource; page");
    }
  }

  void expireNextPage() {
    nextPageExpires = true;
  }

  ObjectNode get(ApiPath path) {
    return objects.alone(() -> find(path).orElseThrow(() -> ApiError.notFound(what(path))));
  }

  /** One page; a token names the last object of the page before. */
  ObjectNode list(ApiPath path) {
    if (!path.parameter("continue").isEmpty() && nextPageExpires) {
      nextPageExpires = false;
      throw ApiError.gone("The provided continue parameter is too old");
    }
    return objects.alone(
        () -> {
          var selector = Selector.of(path);
          int limit =
              path.parameter("limit").isEmpty()
                  ? Integer.MAX_VALUE
                  : Integer.parseInt(path.parameter("limit"));
          var page = json.createObjectNode();
          page.put("apiVersion", path.apiVersion())
              .put("kind", kinds.get(path.collection()) + "List");
          var metadata = page.putObject("metadata");
          metadata.put("resourceVersion", Long.toString(objects.version()));
          var items = page.putArray("items");
          for (var entry :
              objects
                  .collection(path.collection())
                  .tailMap(path.parameter("continue"), false)
                  .entrySet()) {
            if (selector.test(entry.getValue())) {
              items.add(inVersion(entry.getValue(), path));
              if (items.size() == limit) {
                metadata.put("continue", entry.getKey());
                break;
              }
            }
          }
          return page;
        });
  }

  ObjectNode create(ApiPath path, ObjectNode object) {
    return objects.alone(
        () -> {
          requireNamespace(path);
          var name = object.path("metadata").path("name").asText();
          var at = path.collection();
          if (objects.collection(at).containsKey(keyOf(path, name))) {
            throw ApiError.alreadyExists(path.plural() + " \"" + name + "\"");
          }
          if (at.equals(SERVICES) && objects.collection(at).size() >= mostServices) {
            throw ApiError.internal("failed to allocate a serviceIP: range is full");
          }
          if (at.equals(EVENTS)) {
            EventRules.require(object);
          }
          return insert(path, name, object, Optional.empty());
        });
  }

  ObjectNode update(ApiPath path, ObjectNode object) {
    return objects.alone(
        () -> {
          var live = find(path).orElseThrow(() -> ApiError.notFound(what(path)));
          return replace(path, live, object, true);
        });
  }

  ObjectNode patch(ApiPath path, String type, String body) {
    return objects.alone(
        () ->
            type.startsWith("application/apply-patch")
                ? apply(path, (ObjectNode) read(body))
                : replace(path, get(path), patched(get(path), type, read(body)), true));
  }

  ObjectNode delete(ApiPath path, String body) {
    return objects.alone(
        () -> {
          var live = find(path).orElseThrow(() -> ApiError.notFound(what(path)));
          var wanted = body.isBlank() ? json.createObjectNode() : read(body).path("preconditions");
          for (String field : List.of("uid", "resourceVersion")) {
            if (wanted.hasNonNull(field)
                && !wanted.get(field).asText().equals(live.path("metadata").path(field).asText())) {
              throw ApiError.conflict("Precondition failed: " + field + " in precondition");
            }
          }
          objects.remove(path.collection(), keyOf(path, path.name()));
          if (path.collection().equals(CRDS)) {
            unregister(path.name());
          }
          var status = json.createObjectNode();
          return status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        });
  }

  private ObjectNode apply(ApiPath path, ObjectNode applied) {
    var manager = path.parameter("fieldManager");
    boolean force = path.parameter("force").equals("true");
    var live = find(path);
    var uid = applied.path("metadata").path("uid").asText();
    if (!uid.isEmpty()
        && live.filter(l -> uid.equals(l.path("metadata").path("uid").asText())).isEmpty()) {
      throw ApiError.conflict("Precondition failed: UID in precondition: " + uid);
    }
    if (live.isEmpty() && path.isStatus()) {
      throw ApiError.notFound(what(path));
    }
    if (live.isEmpty()) {
      requireNamespace(path);
      var hull = json.createObjectNode();
      hull.set("apiVersion", applied.get("apiVersion"));
      hull.set("kind", applied.get("kind"));
      hull.putObject("metadata").put("name", path.name());
      var made = ManagedFields.apply(hull, applied, manager, force, Part.OBJECT);
      return insert(path, path.name(), made, Optional.of(manager));
    }
    var result = ManagedFields.apply(live.orElseThrow(), applied, manager, force, partOf(path));
    if (path.collection().equals(SERVICES)) {
      ServicePorts.merge(live.orElseThrow(), applied, result, manager);
    }
    return replace(path, live.orElseThrow(), result, false);
  }

  private ObjectNode insert(
      ApiPath path, String name, ObjectNode object, Optional<String> appliedBy) {
    var made = object.deepCopy();
    var metadata = made.withObjectProperty("metadata");
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("generation", 1);
    if (withStatus.contains(path.collection())) {
      made.remove("status");
    }
    if (!path.namespace().isEmpty()) {
      metadata.put("namespace", path.namespace());
    }
    if (appliedBy.isEmpty()) {
      var nothing = json.createObjectNode();
      nothing.putObject("metadata");
      ManagedFields.note(nothing, made, managerOf(path), Part.OBJECT);
    }
    if (path.collection().equals(CRDS)) {
      register(made);
    }
    return inVersion(objects.put(path.collection(), keyOf(path, name), made), path);
  }

  private ObjectNode replace(ApiPath path, ObjectNode live, ObjectNode next, boolean note) {
    var wanted = next.path("metadata").path("resourceVersion").asText();
    var meta = live.path("metadata");
    if (!wanted.isEmpty() && !wanted.equals(meta.path("resourceVersion").asText())) {
      throw ApiError.conflict(
          "the object has been modified; please apply your changes to the latest version");
    }
    var result = partOf(path, live, next);
    var metadata = result.withObjectProperty("metadata");
    for (String kept : List.of("uid", "resourceVersion", "creationTimestamp", "generation")) {
      if (meta.has(kept)) {
        metadata.set(kept, meta.get(kept));
      }
    }
    if (note && result.path("metadata").path("managedFields").equals(meta.path("managedFields"))) {
      ManagedFields.note(live, result, managerOf(path), partOf(path));
    } else if (note && !metadata.has("managedFields")) {
      metadata.set("managedFields", meta.path("managedFields"));
      ManagedFields.note(live, result, managerOf(path), partOf(path));
    }
    result.set("apiVersion", live.get("apiVersion"));
    if (withStatus.contains(path.collection()) && !contentOf(result).equals(contentOf(live))) {
      metadata.put("generation", meta.path("generation").asLong() + 1);
    }
    // A write that changes nothing is no change: no new version, nobody is told.
    return inVersion(
        result.equals(live)
            ? live
            : objects.put(path.collection(), keyOf(path, path.name()), result),
        path);
  }

  /** What a write may change: the status alone, or all but that, where it is a subresource. */
  private ObjectNode partOf(ApiPath path, ObjectNode live, ObjectNode next) {
    if (!withStatus.contains(path.collection())) {
      return next.deepCopy();
    }
    var result = (path.isStatus() ? live : next).deepCopy();
    var status = (path.isStatus() ? next : live).get("status");
    if (status == null) {
      result.remove("status");
    } else {
      result.set("status", status.deepCopy());
    }
    if (path.isStatus()) {
      result
          .withObjectProperty("metadata")
          .set("managedFields", next.path("metadata").path("managedFields"));
    }
    return result;
  }

  /** What counts as a new generation when it changes. */
  private static ObjectNode contentOf(ObjectNode object) {
    return object.deepCopy().without(List.of("metadata", "status"));
  }

  private static Part partOf(ApiPath path) {
    return path.isStatus() ? Part.STATUS : Part.OBJECT;
  }

  private ObjectNode patched(ObjectNode live, String type, JsonNode patch) {
    if (type.startsWith("application/json-patch")) {
      try {
        return (ObjectNode) JsonPatch.apply(patch, live.deepCopy());
      } catch (JsonPatchException failed) {
        throw ApiError.invalid("the server rejected our request due to an error in our request");
      }
    }
    var result = live.deepCopy();
    merge(result, patch);
    return result;
  }

  private static void merge(ObjectNode into, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                into.remove(field.getKey());
              } else if (field.getValue().isObject()) {
                merge(into.withObjectProperty(field.getKey()), field.getValue());
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  private Optional<ObjectNode> find(ApiPath path) {
    return Optional.ofNullable(objects.collection(path.collection()).get(keyOf(path, path.name())))
        .map(object -> inVersion(object, path));
  }

  private void requireNamespace(ApiPath path) {
    if (!path.namespace().isEmpty()
        && !objects.collection(NAMESPACES).containsKey("/" + path.namespace())) {
      throw ApiError.notFound("namespaces \"" + path.namespace() + "\"");
    }
  }

  private void register(ObjectNode crd) {
    var spec = crd.path("spec");
    var collection = spec.path("names").path("plural").asText() + "." + spec.path("group").asText();
    kinds.put(collection, spec.path("names").path("kind").asText());
    var served = new HashSet<String>();
    spec.path("versions").forEach(version -> served.add(version.path("name").asText()));
    versions.put(collection, served);
    if (spec.at("/versions/0/subresources").has("status")) {
      withStatus.add(collection);
    }
  }

  private void unregister(String name) {
    kinds.remove(name);
    versions.remove(name);
    withStatus.remove(name);
    for (String key : new ArrayList<>(new TreeMap<>(objects.collection(name)).keySet())) {
      objects.remove(name, key);
    }
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (IOException malformed) {
      throw ApiError.invalid("the body cannot be read: " + malformed.getMessage());
    }
  }

  private static ObjectNode inVersion(ObjectNode object, ApiPath path) {
    var copy = object.deepCopy();
    copy.put("apiVersion", path.apiVersion());
    return copy;
  }

  private static String managerOf(ApiPath path) {
    var given = path.parameter("fieldManager");
    return given.isEmpty() ? "unknown" : given;
  }

  private static String keyOf(ApiPath path, String name) {
    return path.namespace() + "/" + name;
  }

  private static String what(ApiPath path) {
    return path.plural() + " \"" + path.name() + "\"";
  }

  private static ApiPath path(String plural) {
    return new ApiPath("", "v1", plural, "", "", "", Map.of());
  }
}
