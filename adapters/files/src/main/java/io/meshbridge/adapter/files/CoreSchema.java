package io.meshbridge.adapter.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What plain text means: the core schema of YAML 1.2, so that {@code on} is a port's name, {@code
 * 12:30} a text and {@code 2026-11-22} no date. Numbers that no format could hold stay text, too.
 */
final class CoreSchema {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,9})?");

  /** Big numbers take quadratic time to parse. The longest double has fewer digits than this. */
  private static final int MAX_DIGITS = 400;

  private CoreSchema() {}

  /** The value of plain text; empty for a null. */
  static Optional<Object> value(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Optional.empty();
      case "true", "True", "TRUE" -> Optional.of(true);
      case "false", "False", "FALSE" -> Optional.of(false);
      default -> Optional.of(numberOrText(text));
    };
  }

  /** The number that the text stands for, else the text. */
  static Object numberOrText(String text) {
    if (text.length() > MAX_DIGITS) {
      return text;
    }
    if (WHOLE.matcher(text).matches()) {
      return whole(new BigInteger(text));
    }
    if (OCTAL.matcher(text).matches()) {
      return whole(new BigInteger(text.substring(2), 8));
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return whole(new BigInteger(text.substring(2), 16));
    }
    return DECIMAL.matcher(text).matches() ? decimal(text) : text;
  }

  private static Object whole(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static Object decimal(String text) {
    var exact = new BigDecimal(text);
    double number = exact.doubleValue();
    boolean vanishes = number == 0 && exact.signum() != 0;
    if (Double.isInfinite(number) || vanishes) {
      return text;
    }
    return exact.compareTo(new BigDecimal(Double.toString(number))) == 0 ? (Object) number : exact;
  }
}
