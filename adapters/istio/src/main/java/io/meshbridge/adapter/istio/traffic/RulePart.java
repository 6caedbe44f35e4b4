package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One rule while it is written: what of it is lost, and whether it can be said at all. Not for
 * several threads.
 */
final class RulePart {
  private static final String LEFT_OUT =
      "; the rule is left out, and what it takes falls to the rules after it";

  private final String path;
  private final LossList losses;
  private final Set<Unsayable> unsayable = new LinkedHashSet<>();
  private final Set<Unsayable> told = new HashSet<>();

  private record Unsayable(String field, String reason, String advice) {}

  /**
   * Nothing is lost yet.
   *
   * @param path such as {@code traffic.http[0]}
   */
  RulePart(String path, LossList losses) {
    this.path = path;
    this.losses = losses;
  }

  /** A field that can be left away. */
  void dropped(String field, String reason) {
    if (told.add(new Unsayable(field, reason, ""))) {
      losses.dropped(path + "." + field, reason);
    }
  }

  /** A field that is said in other words. */
  void approximated(String field, String reason) {
    if (told.add(new Unsayable(field, reason, ""))) {
      losses.approximated(path + "." + field, reason);
    }
  }

  /** A field without which the rule would be another one. */
  void unsayable(String field, String reason, String advice) {
    unsayable.add(new Unsayable(field, reason, advice));
  }

  /** Whether the rule can be said. */
  boolean isSayable() {
    return unsayable.isEmpty();
  }

  /**
   * Tells why the rule is left out; one that keeps requests from being served cannot be, or what it
   * forbids would be allowed.
   */
  void leaveOut(boolean forbids) {
    for (Unsayable fault : unsayable) {
      if (forbids) {
        losses.refused(
            path + "." + fault.field(),
            fault.reason() + ", and without this rule it would serve what the rule forbids",
            fault.advice());
      } else {
        losses.dropped(path + "." + fault.field(), fault.reason() + LEFT_OUT, fault.advice());
      }
    }
  }
}
