package io.meshbridge.leadership;

import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.WritePermit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The right to speak for a mesh. It ends when it is taken away; and it does not hold while the
 * group has not been heard from for too long, since somebody else may be elected soon and nobody
 * could say so.
 */
public final class Lease implements WritePermit {
  private final String mesh;
  private final LongSupplier nanoTime;
  private final long limitNanos;
  private final AtomicReference<State> state;

  private sealed interface State {
    /** The group counted this process in at this time, or later. */
    record Heard(long at) implements State {}

    /** For good. */
    record Ended(String reason) implements State {}
  }

  /**
   * Holds from when the group was last heard from.
   *
   * @param mesh for messages
   * @param nanoTime monotonic, in nanoseconds
   * @param limit how long it holds without a word from the group; shorter than the group's patience
   * @param heardAt by {@code nanoTime}
   */
  public Lease(String mesh, LongSupplier nanoTime, Duration limit, long heardAt) {
    this.mesh = mesh;
    this.nanoTime = nanoTime;
    this.limitNanos = limit.toNanos();
    this.state = new AtomicReference<>(new State.Heard(heardAt));
  }

  @Override
  public void check() throws NotLeadingException {
    switch (state.get()) {
      case State.Ended(var reason) ->
          throw new NotLeadingException("no longer speaks for mesh " + mesh + ": " + reason);
      case State.Heard(long at) -> {
        long silent = nanoTime.getAsLong() - at;
        if (silent > limitNanos) {
          throw new NotLeadingException(
              "may no longer speak for mesh %s: the group has been silent for %d ms"
                  .formatted(mesh, Duration.ofNanos(silent).toMillis()));
        }
      }
    }
  }

  /** Whether {@link #check} would pass just now. */
  public boolean holds() {
    return switch (state.get()) {
      case State.Ended ignored -> false;
      case State.Heard(long at) -> nanoTime.getAsLong() - at <= limitNanos;
    };
  }

  /**
   * Ends it for good: for whoever finds out otherwise, such as a publisher that was fenced. The
   * election notices, steps down and stands again. The first reason stays.
   */
  public void end(String reason) {
    state.updateAndGet(now -> now instanceof State.Ended ? now : new State.Ended(reason));
  }

  boolean isEnded() {
    return state.get() instanceof State.Ended;
  }

  void heard(long at) {
    state.updateAndGet(now -> now instanceof State.Ended ? now : new State.Heard(at));
  }
}
