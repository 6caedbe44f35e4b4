package io.meshbridge.guard;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Gathers what goes until no more comes for a moment, so that what goes together is judged together
 * and not one after the other. Owned by one thread, or guarded by its owner's lock.
 */
public final class Gathering<K> {
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Set<K> gathered = new LinkedHashSet<>();
  private long firstAt;
  private long lastAt;

  /**
   * Empty.
   *
   * @param nanoTime a monotonic clock
   */
  public Gathering(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** One more; one that is there already does not prolong the wait. */
  public void add(K key) {
    if (gathered.add(key)) {
      lastAt = nanoTime.getAsLong();
      if (gathered.size() == 1) {
        firstAt = lastAt;
      }
    }
  }

  /** It does not go after all. */
  public void remove(K key) {
    gathered.remove(key);
  }

  /** Whether nothing is gathered. */
  public boolean isEmpty() {
    return gathered.isEmpty();
  }

  /** How long to wait for more; zero if it is time to judge, far off if there is nothing. */
  public Duration untilDue() {
    if (gathered.isEmpty()) {
      return Duration.ofDays(1);
    }
    long due = Math.min(lastAt + QUIET.toNanos(), firstAt + LONGEST.toNanos());
    return Duration.ofNanos(Math.max(0, due - nanoTime.getAsLong()));
  }

  /** All that is gathered. */
  public Set<K> all() {
    return Set.copyOf(gathered);
  }

  /** Takes out all, in the order in which they came. */
  public Set<K> takeAll() {
    var taken = new LinkedHashSet<>(gathered);
    gathered.clear();
    return taken;
  }
}
