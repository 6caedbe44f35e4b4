package io.meshbridge.model;

import java.util.Locale;

/**
 * What a translation could not say in the target's words.
 *
 * @param location where the field stands; the object's reference if it is live
 * @param path the field, such as {@code spec.ports[0].protocol}
 * @param outcome what became of it
 * @param reason why
 * @param advice what its owner can do; empty if nothing
 */
public record Loss(Location location, String path, Outcome outcome, String reason, String advice) {

  /** The same, of a field that stands there. */
  public Loss at(Location elsewhere) {
    return new Loss(elsewhere, path, outcome, reason, advice);
  }

  /** What became of a field. */
  public enum Outcome {
    /** Said in other words that mean nearly the same. */
    APPROXIMATED,
    /** Not said. */
    DROPPED,
    /** The whole import is not written, because it would be wrong without this field. */
    REFUSED;

    /** As events, reports and REST spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
