package io.meshbridge.cli;

import java.time.Duration;

/** How long something took or lasts, short enough for a column. */
final class AgeText {
  private AgeText() {}

  /** In its largest whole unit: {@code 850ms}, {@code 12s}, {@code 5m}, {@code 3h}, {@code 9d}. */
  static String of(Duration age) {
    if (age.isNegative()) {
      return "";
    }
    if (age.toMillis() < 1000) {
      return age.toMillis() + "ms";
    }
    if (age.toMinutes() < 1) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 1 ? age.toHours() + "h" : age.toDays() + "d";
  }
}
