package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.model.Location;
import java.util.stream.Stream;

/** Looks for a trap in a bridge's configuration. */
public non-sealed interface ConfigCheck extends Check {
  /** What the place of a setting is called, which may stand in any of several files. */
  Location PLACE = Location.of("configuration");

  /** Where it is, if it is there. */
  Stream<Finding> look(BridgeConfig config);

  /** The trap, found there. */
  default Finding found(String key, String what) {
    return new Finding(trap(), PLACE, key, what);
  }
}
