package io.meshbridge.translation;

import io.meshbridge.testkit.reference.Outcome;
import io.meshbridge.testkit.reference.Outcome.Routed;
import io.meshbridge.testkit.reference.Retries;

/** Whether two meshes do the same with a request. */
final class Sameness {
  private Sameness() {}

  /**
   * Whether it is the same. Retries that nobody asked for may be fewer. Of a service of which its
   * owner says nothing at all, nothing is written, and each mesh has timeouts and retries of its
   * own.
   */
  static boolean of(Outcome origin, Outcome target) {
    if (origin instanceof Routed one && target instanceof Routed other) {
      if (one.silent() && other.silent()) {
        return one.shares().equals(other.shares());
      }
      return without(one).equals(without(other)) && areSame(one.retries(), other.retries());
    }
    return answer(origin).equals(answer(target));
  }

  /** That no rule takes a request is told by a status, which a rule can also answer with. */
  private static Outcome answer(Outcome outcome) {
    return outcome.equals(new Outcome.Answered("404", "")) ? new Outcome.NotFound() : outcome;
  }

  private static boolean areSame(Retries origin, Retries target) {
    if (!origin.isDefault()) {
      return origin.attempts() == target.attempts()
          && origin.statuses().equals(target.statuses())
          && origin.codes().equals(target.codes())
          && origin.connection().equals(target.connection());
    }
    return target.attempts() <= origin.attempts()
        && origin.statuses().containsAll(target.statuses())
        && origin.codes().containsAll(target.codes())
        && origin.connection().containsAll(target.connection());
  }

  private static Routed without(Routed routed) {
    return new Routed(
        routed.shares(),
        routed.timeout(),
        routed.tryTimeout(),
        routed.idleTimeout(),
        Retries.NEVER,
        routed.mirrors(),
        routed.faults(),
        routed.cors(),
        false);
  }
}
