package io.meshbridge.model.traffic;

import java.math.BigDecimal;

/** Numbers with a fraction, so that equal numbers are equal values. */
final class Decimals {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Decimals() {}

  /** The number without zeros at its end. */
  static BigDecimal canonical(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * A share of a hundred.
   *
   * @throws IllegalArgumentException if it is below 0 or above 100
   */
  static BigDecimal percent(BigDecimal number) {
    if (number.signum() < 0 || number.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException(
          "a percentage must be between 0 and 100, but is " + number);
    }
    return canonical(number);
  }
}
