package io.meshbridge.adapter.istio.traffic;

import java.math.BigDecimal;
import java.util.Map;

/** Numbers as they are written. */
final class Numbers {
  private Numbers() {}

  /** A whole number where it is one. */
  static Number of(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        ? (Number) number.longValue()
        : (Number) number.doubleValue();
  }

  /** A field {@code percentage} of that value. */
  static Map<String, Object> percentage(BigDecimal percent) {
    return Map.of("value", of(percent));
  }
}
