package io.meshbridge.adapter.istio.traffic;

import java.math.BigDecimal;

/** Percentages in the one form in which they are compared. */
final class Percent {
  private Percent() {}

  static BigDecimal of(int whole) {
    return whole == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(whole).stripTrailingZeros();
  }
}
