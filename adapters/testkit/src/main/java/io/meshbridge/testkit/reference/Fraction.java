package io.meshbridge.testkit.reference;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact ratio in lowest terms.
 *
 * @param numerator not negative
 * @param denominator positive
 */
public record Fraction(BigInteger numerator, BigInteger denominator)
    implements Comparable<Fraction> {
  /** Nothing. */
  public static final Fraction NONE = of(0, 1);

  /** All of it. */
  public static final Fraction ALL = of(1, 1);

  /**
   * Reduces.
   *
   * @throws IllegalArgumentException if it is negative or no ratio
   */
  public Fraction {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException(numerator + "/" + denominator + " is no share");
    }
    var common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  /** A share of a whole. */
  public static Fraction of(long part, long whole) {
    return new Fraction(BigInteger.valueOf(part), BigInteger.valueOf(whole));
  }

  /** A share of a whole. */
  public static Fraction of(BigDecimal part, BigDecimal whole) {
    int scale = Math.max(0, Math.max(part.scale(), whole.scale()));
    return new Fraction(
        part.setScale(scale).unscaledValue(), whole.setScale(scale).unscaledValue());
  }

  /** Both together. */
  public Fraction plus(Fraction other) {
    return new Fraction(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  /** That share of this share. */
  public Fraction times(Fraction other) {
    return new Fraction(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** Whether it is nothing. */
  public boolean isNone() {
    return numerator.signum() == 0;
  }

  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
