package io.meshbridge.adapter.consul;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * When services are read in turns that no query of their own follows: exported ones often, since
 * their endpoints may have changed, all others seldom, since one of them may have been marked.
 */
final class Sweeps {
  // For each unit of time that a sweep took; they bound its share of the agent under steady change.
  private static final double REST_AFTER_EXPORTED = 0.5;
  private static final double REST_AFTER_OTHERS = 3;

  /** How late a change can be seen where services are read in turns, besides the reading. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  /** How late a mark can be seen that came without a change of tags, besides the reading. */
  private static final Duration LONGEST_REST_AFTER_OTHERS = Duration.ofMinutes(1);

  private final SweepGovernor exported = new SweepGovernor(REST_AFTER_EXPORTED, LONGEST_REST);
  private final SweepGovernor others =
      new SweepGovernor(REST_AFTER_OTHERS, LONGEST_REST_AFTER_OTHERS);
  private final WorkQueue work;

  Sweeps(WorkQueue work) {
    this.work = work;
  }

  /** Something may have changed of which nobody says what. */
  void ask() {
    exported.ask();
    others.ask();
  }

  /**
   * Ends the sweeps whose work is done, and begins those that are due.
   *
   * @param toFollow exported services that nothing else follows
   * @param toFind services that are not exported
   */
  void turn(long now, Supplier<Set<String>> toFollow, Supplier<Set<String>> toFind) {
    if (exported.isRunning() && work.isEmptyUpTo(WorkQueue.Urgency.EXPORTED)) {
      exported.over(now);
    }
    if (others.isRunning() && work.isEmptyUpTo(WorkQueue.Urgency.OTHER)) {
      others.over(now);
    }
    if (exported.begins(now)) {
      work.add(WorkQueue.Urgency.EXPORTED, toFollow.get());
    }
    if (others.begins(now)) {
      work.add(WorkQueue.Urgency.OTHER, toFind.get());
    }
  }

  /** How long from now until the next one is due, in nanoseconds. */
  long nanosUntilDue(long now) {
    return Math.min(exported.nanosUntilDue(now), others.nanosUntilDue(now));
  }
}
