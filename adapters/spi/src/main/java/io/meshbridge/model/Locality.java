package io.meshbridge.model;

/**
 * Where an endpoint runs.
 *
 * @param region empty if not known
 * @param zone empty if not known
 */
public record Locality(String region, String zone) {
  /** Not known. */
  public static final Locality UNKNOWN = new Locality("", "");

  /** Whether anything is known. */
  public boolean isKnown() {
    return !region.isEmpty() || !zone.isEmpty();
  }
}
