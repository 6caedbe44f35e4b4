package io.meshbridge.model;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The certificates that a mesh's identities chain to, as its control plane publishes them (SPIFFE
 * Trust Domain and Bundle, section 4). All of them are trusted: while roots rotate there are two.
 *
 * @param trustDomain the trust domain that they stand for
 * @param roots one PEM block each, sorted, without two equal ones; at least one
 * @param sequence grows by one whenever the roots change; from 1
 * @param refreshHint how often a consumer should look again; positive
 */
public record TrustBundle(
    String trustDomain, List<String> roots, long sequence, Duration refreshHint) {
  /** Where the mesh gives no hint of its own. */
  public static final Duration USUAL_REFRESH = Duration.ofMinutes(5);

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----");

  /**
   * @throws IllegalArgumentException if there is no root, one that is no PEM certificate, or a
   *     number out of range
   */
  public TrustBundle {
    Checks.requireText("a trust domain", trustDomain, 255);
    Checks.require(!roots.isEmpty(), "a trust bundle needs at least one root");
    Checks.require(sequence >= 1, "a sequence begins with 1, but is " + sequence);
    Checks.require(refreshHint.isPositive(), "a refresh hint must be positive: " + refreshHint);
    for (String root : roots) {
      Checks.require(
          CERTIFICATE.matcher(root).matches(), "a root must be one PEM certificate: " + root);
    }
    roots = List.copyOf(new TreeSet<>(roots));
  }

  /**
   * The certificates in a text, and nothing else that stands there, such as comments.
   *
   * @return sorted, each with single line breaks; empty if there is none
   */
  public static SortedSet<String> rootsIn(String pem) {
    var roots = new TreeSet<String>();
    var found = CERTIFICATE.matcher(pem);
    while (found.find()) {
      roots.add(String.join("\n", found.group().strip().split("\\s*\\R\\s*", -1)));
    }
    return roots;
  }
}
