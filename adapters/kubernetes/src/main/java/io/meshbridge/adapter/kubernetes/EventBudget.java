package io.meshbridge.adapter.kubernetes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many Events may be written: a burst for each object and one more now and then, and likewise
 * for all objects together. Belongs to one thread.
 */
final class EventBudget {
  private static final Rate OF_ONE = new Rate(10, Duration.ofMinutes(1));
  private static final Rate OF_ALL = new Rate(200, Duration.ofMillis(100));
  // As many as can have less than their whole burst at a time; then those who waited are forgotten.
  private static final int MOST_OBJECTS = 10_000;

  private final LongSupplier nanoTime;
  private final Map<ResourceKey, Bucket> objects = new HashMap<>();
  private final Bucket all;

  /**
   * How many at once, and how long until one more.
   *
   * @param burst at least 1
   */
  private record Rate(int burst, Duration interval) {}

  /** Full; {@code nanoTime} is a monotonic clock. */
  EventBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.all = new Bucket(OF_ALL, nanoTime.getAsLong());
  }

  /** Takes one Event for an object, if there is one left. */
  boolean take(ResourceKey object) {
    long now = nanoTime.getAsLong();
    if (objects.size() >= MOST_OBJECTS) {
      objects.values().removeIf(bucket -> bucket.isFull(now));
    }
    if (objects.size() >= MOST_OBJECTS && !objects.containsKey(object)) {
      return false;
    }
    var own = objects.computeIfAbsent(object, key -> new Bucket(OF_ONE, now));
    boolean isLeft = own.has(now) && all.has(now);
    if (isLeft) {
      own.take();
      all.take();
    }
    return isLeft;
  }

  private static final class Bucket {
    private final Rate rate;
    private long left;
    private long filledAt;

    Bucket(Rate rate, long now) {
      this.rate = rate;
      this.left = rate.burst();
      this.filledAt = now;
    }

    boolean has(long now) {
      fill(now);
      return left > 0;
    }

    void take() {
      left--;
    }

    boolean isFull(long now) {
      fill(now);
      return left == rate.burst();
    }

    private void fill(long now) {
      long more = (now - filledAt) / rate.interval().toNanos();
      filledAt += more * rate.interval().toNanos();
      left = Math.min(rate.burst(), left + more);
    }
  }
}
