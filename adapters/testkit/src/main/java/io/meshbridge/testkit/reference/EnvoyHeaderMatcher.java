package io.meshbridge.testkit.reference;

import org.jspecify.annotations.Nullable;

/**
 * Envoy's condition on a header. One that is inverted does not hold for a header that is missing,
 * unless it asks for presence or takes what is missing for empty (Envoy's {@code HeaderUtility}).
 */
record EnvoyHeaderMatcher(
    String name, TextCondition condition, boolean inverted, boolean missingIsEmpty) {

  boolean holds(@Nullable String value) {
    if (value == null && !missingIsEmpty) {
      return inverted && condition instanceof TextCondition.Present;
    }
    return condition.holds(value == null ? "" : value) != inverted;
  }
}
