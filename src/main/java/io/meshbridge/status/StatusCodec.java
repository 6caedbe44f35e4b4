package io.meshbridge.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.log.KeyElements;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** The records of a status topic: key {@code v1/import/<mesh>/<namespace>/<name>}, value JSON. */
public final class StatusCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusCodec() {}

  /** The key of an import's record. */
  public static String key(ServiceKey service) {
    return "v1/import/"
        + service.mesh()
        + "/"
        + KeyElements.encode(service.namespace())
        + "/"
        + KeyElements.encode(service.name());
  }

  /** Reads what {@link #key} wrote; empty if it is something else. */
  public static Optional<ServiceKey> serviceOf(String key) {
    var elements = key.split("/", -1);
    if (elements.length != 5 || !key.startsWith("v1/import/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ServiceKey(
              new MeshId(elements[2]),
              KeyElements.decode(elements[3]),
              KeyElements.decode(elements[4])));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** The value of an import's record. */
  public static String encode(ImportStatus status) {
    var root = JSON.createObjectNode();
    var service = root.putObject("service");
    service.put("mesh", status.service().mesh().value());
    service.put("namespace", status.service().namespace());
    service.put("name", status.service().name());
    root.put("target", status.target().value());
    root.put("name", status.name());
    root.put("state", status.state().word());
    root.put("since", status.since().toString());
    root.put("latencyMs", status.latencyMs());
    root.put("reason", status.reason());
    var placements = root.putArray("placements");
    status
        .placements()
        .forEach(
            placement ->
                placements
                    .addObject()
                    .put("part", placement.part())
                    .put("hop", placement.hop().word())
                    .put("reason", placement.reason()));
    var losses = root.putArray("losses");
    status.losses().forEach(loss -> losses.add(encode(loss)));
    return root.toString();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @return empty if it is something else: a newer bridge's state, or rubbish
   */
  public static Optional<ImportStatus> decode(MeshId target, String json) {
    try {
      var root = JSON.readTree(json);
      var service = root.path("service");
      var losses = new ArrayList<Loss>();
      for (JsonNode loss : root.path("losses")) {
        losses.add(decodeLoss(loss));
      }
      var placements = new ArrayList<Placement>();
      for (JsonNode placement : root.path("placements")) {
        placements.add(decodePlacement(placement));
      }
      return Optional.of(
          new ImportStatus(
              target,
              new ServiceKey(
                  new MeshId(service.path("mesh").asText()),
                  service.path("namespace").asText(),
                  service.path("name").asText()),
              root.path("name").asText(),
              state(root.path("state").asText()),
              Instant.parse(root.path("since").asText()),
              root.path("latencyMs").asLong(-1),
              root.path("reason").asText(),
              placements,
              losses));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  private static Placement decodePlacement(JsonNode node) {
    return new Placement(
        node.path("part").asText(),
        Placement.Hop.valueOf(node.path("hop").asText().toUpperCase(Locale.ROOT)),
        node.path("reason").asText());
  }

  private static ObjectNode encode(Loss loss) {
    var node = JSON.createObjectNode();
    node.put("file", loss.location().file());
    node.put("line", loss.location().line());
    node.put("path", loss.path());
    node.put("outcome", loss.outcome().word());
    node.put("reason", loss.reason());
    node.put("advice", loss.advice());
    return node;
  }

  private static Loss decodeLoss(JsonNode node) {
    return new Loss(
        new Location(node.path("file").asText(), node.path("line").asInt()),
        node.path("path").asText(),
        Loss.Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)),
        node.path("reason").asText(),
        node.path("advice").asText());
  }

  private static ImportState state(String word) {
    for (ImportState state : ImportState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no such state: " + word);
  }
}
