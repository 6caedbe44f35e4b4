package io.meshbridge.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe to share between threads. */
public final class HandClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private HandClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock that shows this time, in UTC. */
  public static HandClock at(Instant start) {
    return new HandClock(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  /** A clock that shows this time, such as {@code 2026-11-22T10:00:00Z}. */
  public static HandClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Moves the hands; backwards if the duration is negative, as real clocks do at times. */
  public void advance(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
  }

  /** Sets the hands. */
  public void set(Instant time) {
    now.set(time);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** A view in another zone: it moves with this clock. */
  @Override
  public Clock withZone(ZoneId other) {
    return new HandClock(now, other);
  }
}
