package io.meshbridge.adapter.consul;

import io.meshbridge.spi.Offer;
import java.util.List;

/** What the instances of a service come to. */
sealed interface Mapped {
  /**
   * It is offered.
   *
   * @param warnings what its owner should know although it could be read
   */
  record Offered(Offer offer, List<String> warnings) implements Mapped {
    public Offered {
      warnings = List.copyOf(warnings);
    }
  }

  /** It is marked, but cannot be read for this reason. */
  record Unreadable(String reason) implements Mapped {}

  /** Nobody asks to export it, or it is none that can be exported. */
  record NotExported() implements Mapped {}
}
