package io.meshbridge.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What versions have written, each in a folder of its name: {@code records.jsonl}, a record a line,
 * and {@code readings.jsonl}, what each record says.
 *
 * <p>A recording is never written anew: those records stand in the logs of federations, and no
 * change of code takes them back. What is new in the events is recorded beside it, under the name
 * of the version that brings it.
 */
final class RecordedEvents {
  static final String RECORDS = "records.jsonl";
  private static final String READINGS = "readings.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedEvents() {}

  /**
   * A record and what it says.
   *
   * @param place where it stands, for people
   */
  record Recorded(String place, RecordedEvent event, JsonNode reading) {}

  /** The tests run in the module's folder, or in the root's. */
  static Path root() {
    return Stream.of(Path.of("test/resources/events"), Path.of("src/test/resources/events"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /** The folders of all recordings. */
  static List<Path> folders() throws IOException {
    try (var folders = Files.list(root())) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** All that stands in the recordings. */
  static List<Recorded> all() throws IOException {
    var all = new ArrayList<Recorded>();
    for (Path folder : folders()) {
      var records = Files.readAllLines(folder.resolve(RECORDS));
      var readings = Files.readAllLines(folder.resolve(READINGS));
      if (records.isEmpty() || records.size() != readings.size()) {
        throw new IOException("each record of " + folder + " must have its reading");
      }
      for (int i = 0; i < records.size(); i++) {
        all.add(
            new Recorded(
                folder.getFileName() + ":" + (i + 1),
                event(JSON.readTree(records.get(i))),
                JSON.readTree(readings.get(i))));
      }
    }
    return List.copyOf(all);
  }

  /**
   * Writes a new recording.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one of this name
   */
  static void write(String name, List<RecordedEvent> events) throws IOException {
    var folder = Files.createDirectory(root().resolve(name));
    var records = new ArrayList<String>();
    var readings = new ArrayList<String>();
    for (RecordedEvent event : events) {
      records.add(line(event));
      readings.add(EventReadings.of(event).toString());
    }
    Files.write(folder.resolve(RECORDS), records);
    Files.write(folder.resolve(READINGS), readings);
  }

  private static String line(RecordedEvent event) {
    var line = JSON.createObjectNode().put("topic", event.topic()).put("key", event.key());
    var headers = line.putObject("headers");
    event.headers().forEach(headers::put);
    if (event.isTombstone()) {
      line.putNull("value");
    } else {
      line.put("value", event.value());
    }
    return line.toString();
  }

  private static RecordedEvent event(JsonNode line) {
    var headers = new TreeMap<String, String>();
    line.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new RecordedEvent(
        line.path("topic").asText(),
        line.path("key").asText(),
        headers,
        line.path("value").isNull() ? "" : line.path("value").asText());
  }
}
