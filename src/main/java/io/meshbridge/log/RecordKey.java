package io.meshbridge.log;

import java.util.Optional;

/**
 * What a record of a mesh's topic is about. As text it is {@code
 * v1/<part>[/<namespace>/<name>[/<chunk>]]} with each element percent-encoded.
 */
public sealed interface RecordKey {
  /** What every key of this version begins with. */
  String VERSION = "v1/";

  /** What the mesh says of itself. */
  record Descriptor() implements RecordKey {}

  /** What the mesh's identities chain to. */
  record Trust() implements RecordKey {}

  /** That a bridge speaks for the mesh, every few seconds. */
  record Heartbeat() implements RecordKey {}

  /** The marker of a complete snapshot. */
  record Snapshot() implements RecordKey {}

  /** One service, whole but for its endpoints. */
  record Export(String namespace, String name) implements RecordKey {}

  /** What keeps a service's newest state from being published. */
  record Fault(String namespace, String name) implements RecordKey {}

  /** That a service's withdrawal is held by the guard. */
  record Hold(String namespace, String name) implements RecordKey {}

  /**
   * Some of a service's endpoints.
   *
   * @param chunk from 0
   */
  record Endpoints(String namespace, String name, int chunk) implements RecordKey {}

  /** The text that stands as the record's key. */
  default String text() {
    return switch (this) {
      case Descriptor() -> "v1/descriptor";
      case Trust() -> "v1/trust";
      case Heartbeat() -> "v1/heartbeat";
      case Snapshot() -> "v1/snapshot";
      case Export(var namespace, var name) ->
          "v1/export/" + KeyElements.encode(namespace) + "/" + KeyElements.encode(name);
      case Fault(var namespace, var name) ->
          "v1/fault/" + KeyElements.encode(namespace) + "/" + KeyElements.encode(name);
      case Hold(var namespace, var name) ->
          "v1/hold/" + KeyElements.encode(namespace) + "/" + KeyElements.encode(name);
      case Endpoints(var namespace, var name, int chunk) ->
          "v1/endpoints/"
              + KeyElements.encode(namespace)
              + "/"
              + KeyElements.encode(name)
              + "/"
              + chunk;
    };
  }

  /**
   * Reads a key; empty if it is none that this version knows, which is no fault. A key in other
   * than the canonical spelling is not known either: it would be a second record about the same
   * thing, which compaction keeps and a withdrawal misses.
   */
  static Optional<RecordKey> parse(String text) {
    return parseAnySpelling(text).filter(key -> key.text().equals(text));
  }

  private static Optional<RecordKey> parseAnySpelling(String text) {
    var elements = text.split("/", -1);
    if (elements.length < 2 || !elements[0].equals("v1")) {
      return Optional.empty();
    }
    var shape = elements[1] + "/" + elements.length;
    try {
      return switch (shape) {
        case "descriptor/2" -> Optional.of(new Descriptor());
        case "trust/2" -> Optional.of(new Trust());
        case "heartbeat/2" -> Optional.of(new Heartbeat());
        case "snapshot/2" -> Optional.of(new Snapshot());
        case "export/4" ->
            Optional.of(
                new Export(KeyElements.decode(elements[2]), KeyElements.decode(elements[3])));
        case "fault/4" ->
            Optional.of(
                new Fault(KeyElements.decode(elements[2]), KeyElements.decode(elements[3])));
        case "hold/4" ->
            Optional.of(new Hold(KeyElements.decode(elements[2]), KeyElements.decode(elements[3])));
        case "endpoints/5" ->
            Optional.of(
                new Endpoints(
                    KeyElements.decode(elements[2]),
                    KeyElements.decode(elements[3]),
                    Integer.parseUnsignedInt(elements[4])));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException notOurEncoding) {
      return Optional.empty();
    }
  }

  /**
   * Whether a snapshot marker counts records of this key: all of version 1, also parts that a newer
   * bridge has added, but not what changes by the clock alone.
   */
  static boolean isCounted(String text) {
    return text.startsWith(VERSION) && !text.equals("v1/heartbeat") && !text.equals("v1/snapshot");
  }
}
