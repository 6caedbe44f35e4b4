package io.meshbridge.model;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A SHA-256 over a tree of maps, collections, texts, numbers and booleans that does not depend on
 * the order of map keys. Each element goes in with its kind and length, so that no two different
 * trees run together.
 */
public final class ContentHash {
  private final MessageDigest digest = sha256();

  private ContentHash() {}

  /**
   * The hash of the tree.
   *
   * @return 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException if something in the tree is of none of the named kinds
   */
  public static String of(Object tree) {
    var hash = new ContentHash();
    hash.add(tree);
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /**
   * The first digits of {@link #of}, where a name needs to be told apart from a few thousand
   * others.
   *
   * @param length 1 to 64 digits
   */
  public static String shortOf(Object tree, int length) {
    return of(tree).substring(0, length);
  }

  private void add(Object node) {
    switch (node) {
      case Map<?, ?> map -> addMap(map);
      case Collection<?> items -> {
        addText('c', Integer.toString(items.size()));
        items.forEach(this::add);
      }
      case CharSequence text -> addText('t', text.toString());
      case Boolean flag -> addText('b', flag.toString());
      // A float and a whole number of one value are one number; so are an int and a long.
      case Number number -> addText('n', canonicalNumber(number));
      default ->
          throw new IllegalArgumentException(
              "cannot hash a " + node.getClass().getName() + ": " + node);
    }
  }

  private void addMap(Map<?, ?> map) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    addText('m', Integer.toString(sorted.size()));
    sorted.forEach(
        (key, value) -> {
          addText('k', key);
          add(value);
        });
  }

  private void addText(char kind, String text) {
    // UTF-8 has no word for half a surrogate pair: all of them would become the same question mark.
    boolean whole = text.codePoints().noneMatch(ContentHash::isHalf);
    byte[] bytes = whole ? text.getBytes(StandardCharsets.UTF_8) : unitsOf(text);
    digest.update(
        (kind + (whole ? ":" : "u:") + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  /** A code point of this range is half a pair whose other half is missing. */
  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static byte[] unitsOf(String text) {
    var units = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(unit -> units.putChar((char) unit));
    return units.array();
  }

  private static String canonicalNumber(Number number) {
    double value = number.doubleValue();
    boolean rounded =
        number instanceof BigDecimal exact
            && Double.isFinite(value)
            && exact.compareTo(new BigDecimal(value)) != 0;
    return value == Math.rint(value) && Math.abs(value) < 1L << 53 && !rounded
        ? Long.toString((long) value)
        : number.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
