package io.meshbridge.translation;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.FieldRef;
import java.util.List;
import java.util.Locale;

/**
 * What became of one field of a service.
 *
 * @param from where its owner wrote it
 * @param field the object and the field in its owner's words; the object is empty for what the
 *     service itself has, such as its name and its ports
 * @param fate what became of it
 * @param to the target's fields that depend on it; empty if there are none, or if nobody knows
 * @param reason why; empty where the fate says all
 * @param advice what its owner can do; empty if nothing
 */
public record FieldFate(
    Location from, FieldRef field, Fate fate, List<FieldRef> to, String reason, String advice) {
  /** Copies. */
  public FieldFate {
    to = List.copyOf(to);
  }

  /** What can become of a field. */
  public enum Fate {
    /** It means the same in the target. */
    KEPT,
    /** It is said in other words that mean nearly the same. */
    APPROXIMATED,
    /** It is not said. */
    DROPPED,
    /** Because of it the target holds nothing of the service. */
    REFUSED,
    /** The target holds nothing of the service, for another reason. */
    NOT_WRITTEN;

    /** As people, files and REST spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Fate of(Loss.Outcome outcome) {
      return switch (outcome) {
        case APPROXIMATED -> APPROXIMATED;
        case DROPPED -> DROPPED;
        case REFUSED -> REFUSED;
      };
    }
  }

  FieldFate leadingTo(List<FieldRef> fields) {
    return new FieldFate(from, field, fate, fields, reason, advice);
  }
}
