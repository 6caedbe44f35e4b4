package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who wrote which field of an object, and what follows for a write. Lists are one field each, as in
 * a definition without merge keys; but for the conditions of a status, which merge by their type.
 */
final class ManagedFields {
  private static final String STATUS = "status";
  private static final List<String> CONDITIONS = List.of(STATUS, "conditions");
  private static final String ITEM = "{\"type\":\"";
  private static final Set<String> NOBODYS = Set.of("apiVersion", "kind", STATUS);
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

  /** Which part of an object a write is for. */
  enum Part {
    /** All but the status. */
    OBJECT(""),
    /** The status alone. */
    STATUS("status");

    private final String subresource;

    Part(String subresource) {
      this.subresource = subresource;
    }

    private boolean holds(List<String> path) {
      return path.getFirst().equals(ManagedFields.STATUS) == (this == STATUS);
    }
  }

  /** Who writes, how, and through which subresource. */
  record Owner(String name, String operation, String subresource) {}

  private ManagedFields() {}

  /** As they stand on the object. */
  static ManagedFields of(ObjectNode object) {
    var fields = new ManagedFields();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      var manager =
          new Owner(
              entry.path("manager").asText(),
              entry.path("operation").asText(),
              entry.path("subresource").asText());
      var paths = fields.owned.computeIfAbsent(manager, m -> new HashSet<>());
      collectFieldsV1(entry.path("fieldsV1"), List.of(), paths);
    }
    return fields;
  }

  /** The result of an apply over what is there; {@code null} fields of the applied are left out. */
  static ObjectNode apply(
      ObjectNode live, ObjectNode applied, String name, boolean force, Part part) {
    var fields = of(live);
    var manager = new Owner(name, "Apply", part.subresource);
    var wanted = leavesOf(applied, part);
    var contested = fields.contested(manager, live, applied, wanted);
    if (!contested.isEmpty() && !force) {
      var first = contested.entrySet().iterator().next();
      throw ApiError.contested(
          first.getKey().name(), first.getValue().stream().map(ManagedFields::inWords).toList());
    }
    contested.forEach((other, paths) -> fields.of(other).removeAll(paths));
    var result = live.deepCopy();
    fields.of(manager).stream()
        .filter(left -> !wanted.contains(left) && fields.isOnlyOwner(manager, left))
        // An item is found by its type, so that goes last.
        .sorted(Comparator.comparing(left -> left.getLast().equals("type")))
        .forEach(left -> remove(result, left));
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
  static void note(ObjectNode before, ObjectNode after, String name, Part part) {
    var fields = of(before);
    var manager = new Owner(name, "Update", part.subresource);
    var changed = new HashSet<List<String>>();
    for (List<String> path : leavesOf(after, part)) {
      if (!Objects.equals(at(before, path), at(after, path))) {
        changed.add(path);
      }
    }
    var present = leavesOf(after, part);
    fields
        .owned
        .values()
        .forEach(
            paths ->
                paths.removeIf(
                    p -> part.holds(p) && (changed.contains(p) || !present.contains(p))));
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
                    .sorted(Comparator.comparing(List::toString))
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
            if (!manager.subresource().isEmpty()) {
              entry.put("subresource", manager.subresource());
            }
            entry.set("apiVersion", object.get("apiVersion"));
            entry.put("fieldsType", "FieldsV1");
            var root = entry.putObject("fieldsV1");
            for (List<String> path : paths) {
              var node = root;
              for (String element : path) {
                node = node.withObjectProperty((isItem(element) ? "k:" : "f:") + element);
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

  private static Set<List<String>> leavesOf(ObjectNode object, Part part) {
    var leaves = new LinkedHashSet<List<String>>();
    if (part == Part.STATUS) {
      if (object.has(STATUS)) {
        collectLeaves(object.path(STATUS), List.of(STATUS), leaves);
      }
      return leaves;
    }
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
    } else if (node.isArray() && path.equals(CONDITIONS)) {
      node.forEach(item -> collectLeaves(item, append(path, nameOf(item)), leaves));
    } else {
      leaves.add(path);
    }
  }

  private static List<String> append(List<String> path, String element) {
    var longer = new ArrayList<>(path);
    longer.add(element);
    return List.copyOf(longer);
  }

  /** An element of a list that merges by type, as managed fields spell it. */
  private static String nameOf(JsonNode item) {
    return ITEM + item.path("type").asText() + "\"}";
  }

  private static boolean isItem(String element) {
    return element.startsWith(ITEM);
  }

  private static String typeOf(String element) {
    return element.substring(ITEM.length(), element.length() - 2);
  }

  /** As the server names a field, such as {@code .status.conditions[type="Ready"].reason}. */
  private static String inWords(List<String> path) {
    var words = new StringBuilder();
    for (String element : path) {
      words.append(isItem(element) ? "[type=\"" + typeOf(element) + "\"]" : "." + element);
    }
    return words.toString();
  }

  private static JsonNode at(JsonNode object, List<String> path) {
    JsonNode node = object;
    for (String element : path) {
      node = isItem(element) ? itemOf(node, element) : node.path(element);
    }
    return node;
  }

  private static JsonNode itemOf(JsonNode list, String element) {
    for (JsonNode item : list) {
      if (nameOf(item).equals(element)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  private static void set(ObjectNode object, List<String> path, JsonNode value) {
    JsonNode node = object;
    for (int i = 0; i < path.size() - 1; i++) {
      node = child(node, path.get(i), isItem(path.get(i + 1)));
    }
    ((ObjectNode) node).set(path.getLast(), value.deepCopy());
  }

  /** What stands there, made if it is not of the right kind. */
  private static JsonNode child(JsonNode node, String element, boolean isList) {
    if (isItem(element)) {
      var item = itemOf(node, element);
      return item.isMissingNode()
          ? ((ArrayNode) node).addObject().put("type", typeOf(element))
          : item;
    }
    var parent = (ObjectNode) node;
    if (isList && !(parent.get(element) instanceof ArrayNode)) {
      parent.set(element, JsonNodeFactory.instance.arrayNode());
    } else if (!isList && !(parent.get(element) instanceof ObjectNode)) {
      parent.set(element, JsonNodeFactory.instance.objectNode());
    }
    return parent.path(element);
  }

  private static void remove(ObjectNode object, List<String> path) {
    var parentPath = path.subList(0, path.size() - 1);
    if (at(object, parentPath) instanceof ObjectNode parent) {
      parent.remove(path.getLast());
      if (parent.isEmpty() && isItem(parentPath.getLast())) {
        removeEmpty((ArrayNode) at(object, parentPath.subList(0, parentPath.size() - 1)));
      }
    }
  }

  private static void removeEmpty(ArrayNode list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.path(i).isEmpty()) {
        list.remove(i);
      }
    }
  }
}
