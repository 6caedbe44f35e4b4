package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who wrote which field of an object, and what follows for a write. Lists are one field each, as in
 * a definition without merge keys.
 */
final class ManagedFields {
  private static final Set<String> NOBODYS = Set.of("apiVersion", "kind", "status");
  private static final Set<String> SERVERS =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "managedFields");

  private final Map<Owner, Set<List<String>>> owned = new LinkedHashMap<>();

  /** Who writes, and how. */
  record Owner(String name, String operation) {}

  private ManagedFields() {}

  /** As they stand on the object. */
  static ManagedFields of(ObjectNode object) {
    var fields = new ManagedFields();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      var manager = new Owner(entry.path("manager").asText(), entry.path("operation").asText());
      var paths = fields.owned.computeIfAbsent(manager, m -> new HashSet<>());
      collectFieldsV1(entry.path("fieldsV1"), List.of(), paths);
    }
    return fields;
  }

  /** The result of an apply over what is there; {@code null} fields of the applied are left out. */
  static ObjectNode apply(ObjectNode live, ObjectNode applied, String name, boolean force) {
    var fields = of(live);
    var manager = new Owner(name, "Apply");
    var wanted = leavesOf(applied);
    var contested = fields.contested(manager, live, applied, wanted);
    if (!contested.isEmpty() && !force) {
      var first = contested.entrySet().iterator().next();
      throw ApiError.contested(
          first.getKey().name(),
          first.getValue().stream().map(p -> "." + String.join(".", p)).toList());
    }
    contested.forEach((other, paths) -> fields.of(other).removeAll(paths));
    var result = live.deepCopy();
    for (List<String> left : Set.copyOf(fields.of(manager))) {
      if (!wanted.contains(left) && fields.isOnlyOwner(manager, left)) {
        remove(result, left);
      }
    }
    wanted.forEach(path -> set(result, path, at(applied, path)));
    fields.owned.put(manager, wanted);
    fields.writeTo(result);
    return result;
  }

  /** Whether somebody else than the manager wrote a field last. */
  static boolean isAnothers(ObjectNode object, String manager, List<String> path) {
    return of(object).owned.entrySet().stream()
        .anyMatch(
            entry -> !entry.getKey().name().equals(manager) && entry.getValue().contains(path));
  }

  /** Notes a write that is no apply: whoever changes a field holds it alone. */
  static void note(ObjectNode before, ObjectNode after, String name) {
    var fields = of(before);
    var manager = new Owner(name, "Update");
    var changed = new HashSet<List<String>>();
    for (List<String> path : leavesOf(after)) {
      if (!Objects.equals(at(before, path), at(after, path))) {
        changed.add(path);
      }
    }
    var present = leavesOf(after);
    fields
        .owned
        .values()
        .forEach(paths -> paths.removeIf(p -> changed.contains(p) || !present.contains(p)));
    fields.of(manager).addAll(changed);
    fields.writeTo(after);
  }

  private Set<List<String>> of(Owner manager) {
    return owned.computeIfAbsent(manager, m -> new HashSet<>());
  }

  private Map<Owner, List<List<String>>> contested(
      Owner manager, ObjectNode live, ObjectNode applied, Set<List<String>> wanted) {
    var contested = new LinkedHashMap<Owner, List<List<String>>>();
    owned.forEach(
        (other, paths) -> {
          if (!other.equals(manager)) {
            var differing =
                wanted.stream()
                    .filter(paths::contains)
                    .filter(path -> !Objects.equals(at(live, path), at(applied, path)))
                    .sorted(java.util.Comparator.comparing(List::toString))
                    .toList();
            if (!differing.isEmpty()) {
              contested.put(other, differing);
            }
          }
        });
    return contested;
  }

  private boolean isOnlyOwner(Owner manager, List<String> path) {
    return owned.entrySet().stream()
        .noneMatch(entry -> !entry.getKey().equals(manager) && entry.getValue().contains(path));
  }

  private void writeTo(ObjectNode object) {
    var entries = ((ObjectNode) object.get("metadata")).putArray("managedFields");
    owned.forEach(
        (manager, paths) -> {
          if (!paths.isEmpty()) {
            var entry = entries.addObject();
            entry.put("manager", manager.name()).put("operation", manager.operation());
            entry.set("apiVersion", object.get("apiVersion"));
            entry.put("fieldsType", "FieldsV1");
            var root = entry.putObject("fieldsV1");
            for (List<String> path : paths) {
              var node = root;
              for (String element : path) {
                node = node.withObjectProperty("f:" + element);
              }
            }
          }
        });
  }

  private static void collectFieldsV1(JsonNode node, List<String> path, Set<List<String>> paths) {
    if (node.isEmpty() && !path.isEmpty()) {
      paths.add(path);
    }
    node.properties()
        .forEach(
            field ->
                collectFieldsV1(
                    field.getValue(), append(path, field.getKey().substring(2)), paths));
  }

  private static Set<List<String>> leavesOf(ObjectNode object) {
    var leaves = new HashSet<List<String>>();
    for (String field : names(object, NOBODYS)) {
      if (field.equals("metadata")) {
        for (String inner : names(object.path(field), SERVERS)) {
          collectLeaves(object.path(field).path(inner), List.of(field, inner), leaves);
        }
      } else {
        collectLeaves(object.path(field), List.of(field), leaves);
      }
    }
    return leaves;
  }

  private static Set<String> names(JsonNode node, Set<String> without) {
    var names = new TreeSet<String>();
    node.fieldNames().forEachRemaining(names::add);
    names.removeAll(without);
    return names;
  }

  private static void collectLeaves(JsonNode node, List<String> path, Set<List<String>> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field -> collectLeaves(field.getValue(), append(path, field.getKey()), leaves));
    } else {
      leaves.add(path);
    }
  }

  private static List<String> append(List<String> path, String element) {
    var longer = new ArrayList<>(path);
    longer.add(element);
    return List.copyOf(longer);
  }

  private static JsonNode at(JsonNode object, List<String> path) {
    JsonNode node = object;
    for (String element : path) {
      node = node.path(element);
    }
    return node;
  }

  private static void set(ObjectNode object, List<String> path, JsonNode value) {
    var node = object;
    for (String element : path.subList(0, path.size() - 1)) {
      if (!(node.get(element) instanceof ObjectNode)) {
        node.set(element, JsonNodeFactory.instance.objectNode());
      }
      node = (ObjectNode) node.get(element);
    }
    node.set(path.getLast(), value.deepCopy());
  }

  private static void remove(ObjectNode object, List<String> path) {
    JsonNode node = at(object, path.subList(0, path.size() - 1));
    if (node instanceof ObjectNode parent) {
      parent.remove(path.getLast());
    }
  }
}
