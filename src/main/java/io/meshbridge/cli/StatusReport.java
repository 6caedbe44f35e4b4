package io.meshbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * What the federation looked like at one moment, as a bridge told it.
 *
 * @param meshes as {@code /api/v1/meshes} has them
 * @param services as {@code /api/v1/services} has them
 * @param imports as {@code /api/v1/imports} has them
 */
record StatusReport(ArrayNode meshes, ArrayNode services, ArrayNode imports) {
  /** For machines: the three lists, as the interface spells them. */
  JsonNode tree() {
    var tree = JsonNodeFactory.instance.objectNode();
    tree.set("meshes", meshes);
    tree.set("services", services);
    tree.set("imports", imports);
    return tree;
  }

  /** For people. */
  void print(Instant now, PrintWriter out) {
    section("Meshes", meshTable(), rowsOf(meshes, StatusReport::mesh), out);
    section("Exports", exportTable(), rowsOf(services, node -> service(node, now)), out);
    section("Imports", importTable(), rowsOf(imports, node -> imported(node, now)), out);
  }

  private static Table meshTable() {
    return new Table(
        "MESH", "KIND", "VERSION", "ROLE", "SOURCE", "HEARTBEAT", "EXPORTS", "IMPORTS", "REASON");
  }

  private static Table exportTable() {
    return new Table("MESH", "NAMESPACE", "SERVICE", "PORTS", "ENDPOINTS", "CHANGED", "STALE");
  }

  private static Table importTable() {
    return new Table("TARGET", "SERVICE", "NAME", "STATE", "AGE", "LATENCY", "LOSSES", "REASON");
  }

  private static void section(String title, Table table, List<List<String>> rows, PrintWriter out) {
    out.println(title + " (" + rows.size() + ")");
    if (!rows.isEmpty()) {
      table.print(rows, out);
    }
    out.println();
  }

  private static List<String> mesh(JsonNode mesh) {
    var imports = new StringJoiner(" ");
    mesh.path("imports")
        .properties()
        .forEach(e -> imports.add(e.getValue().asText() + " " + e.getKey()));
    return List.of(
        mesh.path("id").asText(),
        mesh.path("kind").asText(),
        mesh.path("version").asText(),
        mesh.path("member").asBoolean() ? mesh.path("role").asText() : "no member",
        mesh.path("source").asText(),
        AgeText.of(Duration.ofMillis(mesh.path("heartbeatAgeMs").asLong(-1))),
        mesh.path("exports").asText(),
        imports.toString(),
        mesh.path("reason").asText());
  }

  private static List<String> service(JsonNode node, Instant now) {
    var key = node.path("service");
    var ports = new StringJoiner(",");
    node.path("ports")
        .forEach(p -> ports.add(p.path("number").asText() + "/" + p.path("protocol").asText()));
    return List.of(
        key.path("mesh").asText(),
        key.path("namespace").asText(),
        key.path("name").asText(),
        ports.toString(),
        node.path("takingTraffic").asText() + "/" + node.path("endpoints").asText(),
        age(node.path("observedAt"), now),
        node.path("staleReason").asText());
  }

  private static List<String> imported(JsonNode node, Instant now) {
    var key = node.path("service");
    return List.of(
        node.path("target").asText(),
        key.path("mesh").asText()
            + "/"
            + key.path("namespace").asText()
            + "/"
            + key.path("name").asText(),
        node.path("name").asText(),
        node.path("state").asText(),
        age(node.path("since"), now),
        AgeText.of(Duration.ofMillis(node.path("latencyMs").asLong(-1))),
        Integer.toString(node.path("losses").size()),
        node.path("reason").asText());
  }

  /** A clock that is a little behind the bridge's makes no age below zero. */
  private static String age(JsonNode since, Instant now) {
    var age = Duration.between(Instant.parse(since.asText()), now);
    return AgeText.of(age.isNegative() ? Duration.ZERO : age);
  }

  private static List<List<String>> rowsOf(ArrayNode nodes, Function<JsonNode, List<String>> row) {
    var rows = new ArrayList<List<String>>();
    nodes.forEach(node -> rows.add(row.apply(node)));
    return rows;
  }
}
