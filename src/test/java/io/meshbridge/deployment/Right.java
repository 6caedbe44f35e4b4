package io.meshbridge.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One verb on one kind of resource, given by one role.
 *
 * @param role the name of the ClusterRole or Role
 */
record Right(String role, String group, String resource, String verb) {
  /** All that roles give. */
  static List<Right> of(List<JsonNode> objects) {
    var rights = new ArrayList<Right>();
    for (JsonNode object : objects) {
      for (JsonNode rule : object.path("rules")) {
        for (String resource : Rendered.texts(rule.path("resources"))) {
          for (String verb : Rendered.texts(rule.path("verbs"))) {
            rights.add(
                new Right(
                    object.at("/metadata/name").asText(),
                    rule.at("/apiGroups/0").asText(),
                    resource,
                    verb));
          }
        }
      }
    }
    return rights;
  }

  boolean writes() {
    return role.contains("-write-");
  }

  /** How it is called missing: by the API server, or where that says only no, by the bridge. */
  String missing() {
    return verb.equals("watch")
        ? "missing right to watch " + resource + (group.isEmpty() ? "" : "." + group)
        : "cannot %s resource \"%s\" in API group \"%s\"".formatted(verb, resource, group);
  }

  /** Takes it away from a role; any other is left as it is. */
  void takeFrom(ObjectNode object) {
    if (!object.at("/metadata/name").asText().equals(role)) {
      return;
    }
    var kept = object.arrayNode();
    for (JsonNode rule : object.path("rules")) {
      if (rule.at("/apiGroups/0").asText().equals(group)
          && Rendered.texts(rule.path("resources")).contains(resource)) {
        kept.addAll(without((ObjectNode) rule));
      } else {
        kept.add(rule);
      }
    }
    object.set("rules", kept);
  }

  /** The rule without the verb for the resource, beside the rule for the other resources. */
  private List<JsonNode> without(ObjectNode rule) {
    var rules = new ArrayList<JsonNode>();
    var others = rule.deepCopy();
    if (remove((ArrayNode) others.path("resources"), resource)) {
      rules.add(others);
    }
    var narrowed = rule.deepCopy();
    narrowed.putArray("resources").add(resource);
    if (remove((ArrayNode) narrowed.path("verbs"), verb)) {
      rules.add(narrowed);
    }
    return rules;
  }

  /** Whether anything is left. */
  private static boolean remove(ArrayNode texts, String text) {
    for (int i = texts.size() - 1; i >= 0; i--) {
      if (texts.path(i).asText().equals(text)) {
        texts.remove(i);
      }
    }
    return !texts.isEmpty();
  }

  @Override
  public String toString() {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + " of " + role;
  }
}
