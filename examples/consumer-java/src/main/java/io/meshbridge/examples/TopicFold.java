package io.meshbridge.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one topic says, by key. A record that is not understood changes nothing. */
final class TopicFold {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> STATES = Set.of("active", "retired");
  private static final Set<String> LIMITS = Set.of("addressRanges", "importers");

  private final String kind;
  private final String mesh;
  private final PolicyWords policyWords;
  private final Map<Key, JsonNode> latest = new TreeMap<>(Key.ORDER);
  private final Map<Key, String> notUnderstood = new HashMap<>();

  /**
   * @param kind {@code members}, {@code mesh} or {@code status}
   * @param mesh whose topic it is; empty for the members' topic
   */
  TopicFold(String kind, String mesh, PolicyWords policyWords) {
    this.kind = kind;
    this.mesh = mesh;
    this.policyWords = policyWords;
  }

  String mesh() {
    return mesh;
  }

  /** Takes in one record. Without a value it withdraws what its key names; nothing else does. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    var key = Key.parse(record.key() == null ? "" : text(record.key()));
    var type = typeOf(key);
    if (type.isEmpty()) {
      return; // of a newer version, or of no interest here
    }
    if (record.value() == null) {
      latest.remove(key);
      notUnderstood.remove(key);
      return;
    }
    var header = record.headers().lastHeader("ce_type");
    var said = header == null || header.value() == null ? "" : text(header.value());
    var value = said.equals("io.meshbridge." + type + ".v1") ? read(record.value()) : absent();
    var fault = value.isObject() ? fault(key, value) : "it is not understood";
    if (fault.isEmpty()) {
      latest.put(key, value);
      notUnderstood.remove(key);
    } else {
      notUnderstood.put(key, "the newest record does not count: " + fault);
    }
  }

  /** What was last said under the keys of a part, in their order. */
  Map<Key, JsonNode> latest(String part) {
    var found = new TreeMap<Key, JsonNode>(Key.ORDER);
    latest.forEach(
        (key, value) -> {
          if (key.part().equals(part)) {
            found.put(key, value);
          }
        });
    return found;
  }

  /** Why a service's export may be old; empty if it is current. */
  String staleness(Key export) {
    for (String part : List.of("fault", "hold")) {
      var reason = latest.get(new Key(part, export.elements()));
      if (reason != null) {
        return reason.path("reason").asText(part);
      }
    }
    return notUnderstood.getOrDefault(export, "");
  }

  /** Why all of it may be old: a silence withdraws nothing. */
  String silence(Instant oldest) {
    if (!kind.equals("mesh")) {
      return "";
    }
    var heartbeat = latest.get(new Key("heartbeat", List.of()));
    if (heartbeat == null) {
      return "no heartbeat yet";
    }
    if (Instant.parse(heartbeat.path("at").asText()).isBefore(oldest)) {
      return "no heartbeat lately";
    }
    var source = heartbeat.path("source").asText();
    return source.equals("live") ? "" : "the mesh is not read: " + source;
  }

  private String fault(Key key, JsonNode value) {
    return switch (key.part()) {
      case "export" ->
          saysWhatItsKeySays(key, value)
              ? policyWords.unknown(value).map(path -> "unknown policy " + path).orElse("")
              : "it speaks of something else";
      case "endpoints", "fault", "hold" ->
          saysWhatItsKeySays(key, value) ? "" : "it speaks of something else";
      case "member" ->
          value.path("id").asText().equals(key.elements().getFirst())
                  && STATES.contains(value.path("state").asText())
                  && value
                      .path("limits")
                      .propertyStream()
                      .allMatch(f -> LIMITS.contains(f.getKey()))
              ? ""
              : "unknown limits or state";
      default -> "";
    };
  }

  private boolean saysWhatItsKeySays(Key key, JsonNode value) {
    return value.path("mesh").asText().equals(mesh)
        && value.path("namespace").asText().equals(key.elements().get(0))
        && value.path("name").asText().equals(key.elements().get(1));
  }

  /** The type of record that stands under a key; empty if it is not known. */
  private String typeOf(Key key) {
    return switch (kind + "/" + key.part() + "/" + key.elements().size()) {
      case "mesh/heartbeat/0",
          "mesh/export/2",
          "mesh/endpoints/3",
          "mesh/fault/2",
          "mesh/hold/2",
          "members/member/1" ->
          key.part();
      case "status/import/3" -> "status";
      default -> "";
    };
  }

  private static JsonNode read(byte[] value) {
    try {
      return JSON.readTree(text(value));
    } catch (JsonProcessingException notJson) {
      return absent();
    }
  }

  private static JsonNode absent() {
    return MissingNode.getInstance();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
