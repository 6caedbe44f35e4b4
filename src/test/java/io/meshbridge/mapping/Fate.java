package io.meshbridge.mapping;

import io.meshbridge.model.Loss;
import java.util.List;
import java.util.Locale;

/** What becomes of a leaf in another make of mesh. */
enum Fate {
  /** The target has it. */
  KEPT,
  /** The target has it in other words that mean nearly the same. */
  APPROXIMATED,
  /** The target does not have it, and its owner is told. */
  DROPPED,
  /** The service is not written, and its owner is told. */
  REFUSED,
  /** The target does not have it, and nobody is told: a fault. */
  SILENT;

  /** All that are no fault. */
  static final List<Fate> TOLD = List.of(KEPT, APPROXIMATED, DROPPED, REFUSED);

  static Fate of(Loss.Outcome outcome) {
    return switch (outcome) {
      case APPROXIMATED -> APPROXIMATED;
      case DROPPED -> DROPPED;
      case REFUSED -> REFUSED;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
