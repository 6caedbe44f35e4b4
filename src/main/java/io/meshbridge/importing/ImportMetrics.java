package io.meshbridge.importing;

import io.meshbridge.model.MeshId;
import java.time.Duration;

/** What is counted of the work on imports. */
public interface ImportMetrics {
  /** Counts nothing. */
  ImportMetrics NONE =
      new ImportMetrics() {
        @Override
        public void propagated(MeshId origin, MeshId target, Duration latency) {}

        @Override
        public void worked(MeshId target, String outcome) {}

        @Override
        public void fenced(MeshId target) {}
      };

  /** A change that its source observed has been applied in a target. */
  void propagated(MeshId origin, MeshId target, Duration latency);

  /**
   * One piece of work on an import has ended.
   *
   * @param outcome one of {@code written}, {@code unchanged}, {@code removed}, {@code conflict},
   *     {@code refused}, {@code rejected}, {@code kept}, {@code retried}, {@code held}, {@code
   *     paused}, {@code damped}, {@code observed}
   */
  void worked(MeshId target, String outcome);

  /** A write was stopped, since this process does not speak for the target any more. */
  void fenced(MeshId target);
}
