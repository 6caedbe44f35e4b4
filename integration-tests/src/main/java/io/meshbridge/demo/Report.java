package io.meshbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the demo tells: lines for people as it goes, and the summary for programs. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream people;

  /**
   * Tells people what happens.
   *
   * @param people standard output, or standard error where that belongs to the summary
   */
  Report(PrintStream people) {
    this.people = people;
  }

  void opening(Path folder, List<Side> meshes) {
    people.println("Meshbridge: three meshes, one federation");
    people.println();
    line("folder", folder.toString());
    meshes.forEach(mesh -> line(mesh.mesh(), mesh.place()));
  }

  void line(String subject, String text) {
    people.println("  " + padded(subject, 15) + text);
  }

  void imports(Duration after, List<JsonNode> imports) {
    people.println();
    people.println("Imported " + after.toMillis() + " ms after the bridge was ready:");
    people.println();
    for (JsonNode entry : imports) {
      var state = entry.path("state").asText();
      var reason = entry.path("reason").asText("");
      var service = entry.path("service");
      people.println(
          "  "
              + padded(service.path("mesh").asText() + "/" + service.path("name").asText(), 26)
              + "-> "
              + padded(entry.path("target").asText(), 15)
              + padded(state, 10)
              + (reason.isEmpty() ? entry.path("name").asText() : reason));
    }
  }

  void changes(List<Change> changes, Path folder) {
    people.println();
    people.println("Changed in each mesh, and seen in the others:");
    people.println();
    row("from", "to", "service", "what", "after");
    for (Change change : changes) {
      row(change.from(), change.to(), change.service(), change.what(), change.ms() + " ms");
      people.println("  " + padded("", 15) + "in " + shortened(change.file(), folder));
    }
    people.println();
  }

  private static String shortened(String place, Path folder) {
    return place.startsWith(folder.toString())
        ? folder.relativize(Path.of(place)).toString()
        : place;
  }

  private void row(String from, String to, String service, String what, String after) {
    people.println(
        "  " + padded(from, 15) + padded(to, 15) + padded(service, 13) + padded(what, 30) + after);
  }

  void invitation(URI api) {
    people.println("Change a file and look again, or ask the bridge:");
    people.println();
    for (String path : List.of("/api/v1/meshes", "/api/v1/services", "/api/v1/imports")) {
      people.println("  curl " + api.resolve(path));
    }
    people.println();
    people.println("Ctrl-C ends everything and removes the folders.");
  }

  void failure(String reason, Path logs) {
    people.println();
    people.println("The demo failed: " + reason);
    people.println("Logs and folders are in " + logs);
  }

  /** One JSON object on one line: the round trip worked. */
  static String success(List<Change> changes, URI api) {
    ObjectNode summary = JSON.createObjectNode().put("ok", true);
    var list = summary.putArray("changes");
    for (Change change : changes) {
      list.addObject()
          .put("from", change.from())
          .put("to", change.to())
          .put("service", change.service())
          .put("what", change.what())
          .put("file", change.file())
          .put("ms", change.ms());
    }
    return summary.put("api", api.resolve("/api/v1").toString()).toString();
  }

  /** One JSON object on one line: why it did not. */
  static String failed(String reason, Path logs) {
    return JSON.createObjectNode()
        .put("ok", false)
        .put("reason", reason)
        .put("logs", logs.toString())
        .toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
