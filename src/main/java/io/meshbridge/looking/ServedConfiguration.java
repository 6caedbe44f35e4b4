package io.meshbridge.looking;

import io.meshbridge.config.BridgeConfig;
import java.util.Optional;

/** What the bridge of this process was told to do. */
@FunctionalInterface
public interface ServedConfiguration {
  /** Empty while no bridge runs. */
  Optional<BridgeConfig> current();
}
