package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.Optional;

/** Reads {@code PrioritizeByLocality}. */
final class LocalityReader {
  private LocalityReader() {}

  /** Whether near instances are preferred; empty if it says nothing. */
  static Optional<Boolean> read(TracedFields fields, Sources.Builder sources) {
    var mode = fields.text("Mode").orElse("");
    var enabled =
        switch (mode) {
          case "" -> Optional.<Boolean>empty();
          case "failover" -> Optional.of(true);
          case "none" -> Optional.of(false);
          default -> {
            fields.error("Mode", "must be failover or none, but is '" + mode + "'");
            yield Optional.<Boolean>empty();
          }
        };
    enabled.ifPresent(known -> sources.add("locality.enabled", fields.ref("Mode")));
    return enabled;
  }
}
