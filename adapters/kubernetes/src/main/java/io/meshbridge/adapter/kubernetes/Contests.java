package io.meshbridge.adapter.kubernetes;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The objects of one kind about which another field manager quarrels with us: he takes a field of
 * ours, we take it back, he takes it again. A contest is over when nothing of it was seen for a
 * minute, since between two rounds of it everything looks well. Safe for any thread.
 */
final class Contests {
  private static final Duration CALM = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final ConcurrentMap<ResourceKey, Contest> open = new ConcurrentHashMap<>();

  private record Contest(int rounds, long lastNanos) {}

  /** None yet; {@code nanoTime} is a monotonic clock. */
  Contests(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** We take fields back once more; true if that is news. */
  boolean takeBack(ResourceKey key) {
    long now = nanoTime.getAsLong();
    var contest =
        open.compute(key, (k, known) -> new Contest(known == null ? 1 : known.rounds() + 1, now));
    return contest.rounds() == 1;
  }

  /** Whether a contest is on, so that nothing is gained by asking before we take back. */
  boolean isOn(ResourceKey key) {
    return open.containsKey(key);
  }

  /** The object is as it should be: how often we took back, if that is the end of a contest. */
  OptionalInt calm(ResourceKey key) {
    var contest = open.get(key);
    if (contest == null || nanoTime.getAsLong() - contest.lastNanos() < CALM.toNanos()) {
      return OptionalInt.empty();
    }
    return open.remove(key, contest) ? OptionalInt.of(contest.rounds()) : OptionalInt.empty();
  }

  /** The object is gone. */
  void forget(ResourceKey key) {
    open.remove(key);
  }
}
