package io.meshbridge.adapter.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts, numbers and truth values as both JSON and YAML read them. */
final class Scalars {
  /** Begins with a letter, and has nothing in it that any YAML takes for structure. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*");

  /** What YAML 1.1 or 1.2 takes for something else than text, in lower case. */
  private static final Set<String> NOT_TEXT =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private static final Map<Character, String> SHORT_ESCAPES =
      Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

  private Scalars() {}

  /** The value in the words that both formats share: every text in quotes. */
  static String quoted(Object value) {
    return value instanceof CharSequence text ? quote(text.toString()) : unquoted(value);
  }

  /** The value in YAML: a text without quotes where every reader takes it for a text. */
  static String yaml(Object value) {
    if (!(value instanceof CharSequence text)) {
      return unquoted(value);
    }
    var plain = text.toString();
    boolean safe =
        PLAIN.matcher(plain).matches() && !NOT_TEXT.contains(plain.toLowerCase(Locale.ROOT));
    return safe ? plain : quote(plain);
  }

  private static String unquoted(Object value) {
    return switch (value) {
      case Boolean flag -> flag.toString();
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Short number -> number.toString();
      case BigInteger number -> number.toString();
      case Number number -> decimal(number);
      default ->
          throw new IllegalArgumentException(
              "a document cannot hold a " + value.getClass().getName() + ": " + value);
    };
  }

  /** Always with a point and never with an exponent: YAML 1.1 and 1.2 differ about the latter. */
  private static String decimal(Number number) {
    var text = number.toString();
    BigDecimal exact;
    try {
      exact = new BigDecimal(text);
    } catch (NumberFormatException notFinite) {
      throw new IllegalArgumentException("a document cannot hold the number " + text, notFinite);
    }
    var plain = exact.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (SHORT_ESCAPES.containsKey(character)) {
        quoted.append(SHORT_ESCAPES.get(character));
      } else if (isPrintable(text, i)) {
        quoted.append(character);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return quoted.append('"').toString();
  }

  /** Control characters, line breaks of other alphabets and half characters are escaped. */
  private static boolean isPrintable(String text, int at) {
    char character = text.charAt(at);
    if (Character.isHighSurrogate(character)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(character)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
