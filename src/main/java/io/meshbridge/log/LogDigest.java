package io.meshbridge.log;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest over the latest value of each key that costs the same to change whether there are ten
 * keys or fifty thousand: the sum, modulo 2^256, of a hash of each key with its value's hash. It
 * tells apart what was lost from what is whole; it is no defence against a forger, who could write
 * a marker as well.
 *
 * @param keys how many keys have a value
 * @param sum between 0 and 2^256 - 1
 */
public record LogDigest(long keys, BigInteger sum) {
  /** Of an empty topic. */
  public static final LogDigest EMPTY = new LogDigest(0, BigInteger.ZERO);

  private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

  /** With one more key. */
  public LogDigest plus(String key, String valueHash) {
    return new LogDigest(keys + 1, sum.add(term(key, valueHash)).mod(MODULUS));
  }

  /** Without a key that it held with this value. */
  public LogDigest minus(String key, String valueHash) {
    return new LogDigest(keys - 1, sum.subtract(term(key, valueHash)).mod(MODULUS));
  }

  /** The sum in hexadecimal digits. */
  public String hex() {
    return sum.toString(16);
  }

  /** Whether a marker was written over exactly this. */
  public boolean matches(SnapshotMarker marker) {
    return marker.keys() == keys && marker.digest().equals(hex());
  }

  /** The hash of a record's value, as {@link #plus} takes it. */
  public static String hashOf(byte[] value) {
    return new BigInteger(1, sha256().digest(value)).toString(16);
  }

  private static BigInteger term(String key, String valueHash) {
    var digest = sha256();
    digest.update(key.getBytes(StandardCharsets.UTF_8));
    // A zero byte stands in neither part, so no two pairs run together.
    digest.update((byte) 0);
    digest.update(valueHash.getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
