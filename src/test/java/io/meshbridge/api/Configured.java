package io.meshbridge.api;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigLoader;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;

/** A configuration of one mesh, which is a folder. */
final class Configured {
  private Configured() {}

  static BridgeConfig in(Path folder, Adapters adapters) {
    var settings =
        Map.of(
            "meshbridge.federation", "demo",
            "meshbridge.meshes.east.kind", "istio",
            "meshbridge.meshes.east.backend", "files",
            "meshbridge.meshes.east.settings.path", folder.toString());
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(settings, "test", 270))
            .build();
    return new ConfigLoader(adapters.known(), "test").load(config);
  }
}
