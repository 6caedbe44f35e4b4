package io.meshbridge.adapter.consul;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The time that passes and the chance that spreads, from outside.
 *
 * @param nanoTimes a monotonic clock in nanoseconds
 * @param random safe for use by many threads
 */
record Timing(LongSupplier nanoTimes, RandomGenerator random) {
  long nanoTime() {
    return nanoTimes.getAsLong();
  }

  Pause pause() {
    return new Pause(random, nanoTimes);
  }
}
