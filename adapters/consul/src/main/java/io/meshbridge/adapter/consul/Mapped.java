package io.meshbridge.adapter.consul;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.spi.Offer;
import java.util.List;

/** What the instances of a service come to. */
sealed interface Mapped {
  /**
   * It is offered.
   *
   * @param warnings what its owner should know although it could be read
   * @param faults what is wrong with its configuration
   */
  record Offered(Offer offer, List<String> warnings, List<Diagnostic> faults) implements Mapped {
    public Offered {
      warnings = List.copyOf(warnings);
      faults = List.copyOf(faults);
    }
  }

  /** It is marked, but cannot be read for this reason. */
  record Unreadable(String reason) implements Mapped {}

  /** Nobody asks to export it, or it is none that can be exported. */
  record NotExported() implements Mapped {}
}
