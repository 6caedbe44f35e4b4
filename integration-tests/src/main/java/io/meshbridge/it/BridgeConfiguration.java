package io.meshbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bridge's configuration, as a user would write it.
 *
 * @param values by key, complete with their prefixes
 */
public record BridgeConfiguration(SortedMap<String, String> values) {
  /** Copies. */
  public BridgeConfiguration {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** A federation of its own making: meshes become members by being served. */
  public static BridgeConfiguration of(String federation, String bootstrapServers) {
    return new BridgeConfiguration(new TreeMap<>())
        .with("meshbridge.federation", federation)
        .with("meshbridge.membership.automatic", "true")
        .with("kafka.bootstrap.servers", bootstrapServers);
  }

  /** With one more key, or another value for it. */
  public BridgeConfiguration with(String key, String value) {
    var more = new TreeMap<>(values);
    more.put(key, value);
    return new BridgeConfiguration(more);
  }

  /** With a mesh that is a folder of manifests. */
  public BridgeConfiguration withFolder(String mesh, String kind, Path folder) {
    return withMesh(
        mesh, Map.of("kind", kind, "backend", "files", "settings.path", folder.toString()));
  }

  /** With a mesh of these settings. */
  public BridgeConfiguration withMesh(String mesh, Map<String, String> settings) {
    var more = new TreeMap<>(values);
    settings.forEach((key, value) -> more.put("meshbridge.meshes." + mesh + "." + key, value));
    return new BridgeConfiguration(more);
  }

  void write(Path file) throws IOException {
    var properties = new Properties();
    properties.putAll(values);
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }
}
