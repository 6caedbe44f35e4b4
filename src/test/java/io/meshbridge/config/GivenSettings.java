package io.meshbridge.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/** Settings that a test gives, without any of the machine's. */
final class GivenSettings {
  private GivenSettings() {}

  /** As they are read. */
  static Config configOf(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(settings, "test", 270))
        .build();
  }

  /** What is said of them, with a federation and no meshes; empty if nothing is wrong. */
  static List<String> faultsOf(Map<String, String> settings) {
    var all = new TreeMap<>(settings);
    all.put("meshbridge.federation", "demo");
    try {
      new ConfigLoader(new KnownAdapters(new TreeMap<>(), List.of()), "test")
          .loadWithoutMeshes(configOf(all));
      return List.of();
    } catch (InvalidConfigurationException invalid) {
      return invalid.lines();
    }
  }
}
