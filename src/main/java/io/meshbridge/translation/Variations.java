package io.meshbridge.translation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Other values that might stand where one stands, the likeliest first. */
final class Variations {
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*?)(\\d{1,9})(ms|s|m|h|%)?", Pattern.DOTALL);

  private Variations() {}

  /** Ways to change a value; the last takes it away. */
  static List<Function<Object, Optional<Object>>> all() {
    return List.of(value -> other(value, 1), value -> other(value, -1), value -> Optional.empty());
  }

  /** What differs as little as can be; the value itself if it holds others. */
  private static Optional<Object> other(Object value, int step) {
    return Optional.of(
        switch (value) {
          case Boolean flag -> !flag;
          case Integer number -> number + step;
          case Long number -> number + step;
          case BigInteger number -> number.add(BigInteger.valueOf(step));
          case Double number -> number + step;
          case BigDecimal number -> number.add(BigDecimal.valueOf(step));
          case String text -> other(text, step);
          default -> value;
        });
  }

  private static String other(String text, int step) {
    var matcher = ENDS_IN_NUMBER.matcher(text);
    if (!matcher.matches()) {
      return text + "x";
    }
    var unit = matcher.group(3);
    return matcher.group(1)
        + (Integer.parseInt(matcher.group(2)) + step)
        + (unit == null ? "" : unit);
  }

  /** Whether a change leaves a value as it is. */
  static boolean changes(Function<Object, Optional<Object>> change, Object value) {
    return !change.apply(value).equals(Optional.of(value));
  }
}
