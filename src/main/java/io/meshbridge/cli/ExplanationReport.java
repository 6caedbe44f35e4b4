package io.meshbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.translation.Explanation;
import io.meshbridge.translation.FieldFate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of a service in a target, for people and for machines.
 *
 * @param tree as the interface of a bridge tells it; offline each field has a {@code file} and a
 *     {@code line} as well
 */
record ExplanationReport(JsonNode tree) {
  private static final int SHOWN = 2;

  static ExplanationReport of(Explanation explanation) {
    var tree = JsonNodeFactory.instance.objectNode();
    tree.set("service", service(explanation.service()));
    tree.put("target", explanation.target().value());
    tree.put("name", explanation.name());
    tree.put("state", explanation.written() ? "Translated" : "Refused");
    var fields = tree.putArray("fields");
    explanation.fields().forEach(fate -> fields.add(field(fate)));
    return new ExplanationReport(tree);
  }

  /** For people. */
  void print(PrintWriter out) {
    out.println(headline());
    var rows = new ArrayList<List<String>>();
    tree.path("fields").forEach(field -> rows.add(row(field)));
    if (!rows.isEmpty()) {
      out.println();
      new Table("FIELD", "FROM", "TO", "OUTCOME", "WHY").print(rows, out);
      out.println();
      out.println(summary());
    }
  }

  private String headline() {
    var service = tree.path("service");
    var name = tree.path("name").asText();
    var reason = tree.path("reason").asText("");
    return "%s/%s/%s in %s%s: %s%s"
        .formatted(
            service.path("mesh").asText(),
            service.path("namespace").asText(),
            service.path("name").asText(),
            tree.path("target").asText(),
            name.isEmpty() ? "" : " is called " + name,
            tree.path("state").asText(),
            reason.isEmpty() ? "" : " (" + reason + ")");
  }

  private String summary() {
    var counts = new TreeMap<String, Integer>();
    tree.path("fields")
        .forEach(field -> counts.merge(field.path("outcome").asText(), 1, Integer::sum));
    return counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "))
        + " of "
        + tree.path("fields").size()
        + " fields.";
  }

  private static List<String> row(JsonNode field) {
    var advice = field.path("advice").asText("");
    return List.of(
        field.path("path").asText(),
        from(field),
        to(field.path("to")),
        field.path("outcome").asText(),
        field.path("reason").asText("") + (advice.isEmpty() ? "" : " (" + advice + ")"));
  }

  private static String from(JsonNode field) {
    if (!field.has("file")) {
      return field.path("object").asText();
    }
    int line = field.path("line").asInt();
    return field.path("file").asText() + (line == 0 ? "" : ":" + line);
  }

  /** The first few; a name or an address may stand in dozens of places. */
  private static String to(JsonNode fields) {
    var shown = new ArrayList<String>();
    var before = "";
    for (JsonNode field : fields) {
      if (shown.size() == SHOWN) {
        shown.add("and " + (fields.size() - SHOWN) + " more");
        break;
      }
      var object = field.path("object").asText();
      shown.add((object.equals(before) ? "" : object + " ") + field.path("path").asText());
      before = object;
    }
    return String.join(", ", shown);
  }

  private static ObjectNode service(ServiceKey key) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mesh", key.mesh().value())
        .put("namespace", key.namespace())
        .put("name", key.name());
  }

  private static ObjectNode field(FieldFate fate) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("object", fate.field().object())
            .put("path", fate.field().path())
            .put("file", fate.from().file())
            .put("line", fate.from().line())
            .put("outcome", fate.fate().word());
    var to = node.putArray("to");
    fate.to()
        .forEach(field -> to.addObject().put("object", field.object()).put("path", field.path()));
    return node.put("reason", fate.reason()).put("advice", fate.advice());
  }
}
