package io.meshbridge.tracing;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows each change from the source that observed it, through the log, to the targets that are
 * written. Whoever reports here decides nothing by it.
 */
public interface Tracing {
  /** Follows nothing, and costs nothing. */
  Tracing NONE =
      new Tracing() {
        @Override
        public boolean follows() {
          return false;
        }

        @Override
        public Publishing publishing(String topic, ServiceKey service, Instant observedAt) {
          return Publishing.NONE;
        }

        @Override
        public void folding(
            String topic, Map<ServiceKey, List<TraceParent>> changes, Runnable fold) {
          fold.run();
        }

        @Override
        public ImportTracing importsInto(MeshId target) {
          return ImportTracing.NONE;
        }
      };

  /** Whether anything is followed: else nobody need look for what to report. */
  boolean follows();

  /** Begins to publish what a source has observed of a service; one of the two ends must follow. */
  Publishing publishing(String topic, ServiceKey service, Instant observedAt);

  /**
   * Takes records in.
   *
   * @param changes for each service, where the records that speak of it were made, the newest last
   * @param fold takes them in, on this thread, and tells whoever is touched
   */
  void folding(String topic, Map<ServiceKey, List<TraceParent>> changes, Runnable fold);

  /** For the work on the imports of one target. */
  ImportTracing importsInto(MeshId target);

  /** A publication that has begun. */
  interface Publishing {
    /** Follows nothing. */
    Publishing NONE =
        new Publishing() {
          @Override
          public Optional<TraceParent> parent() {
            return Optional.empty();
          }

          @Override
          public void stands() {}

          @Override
          public void failed() {}
        };

    /** What goes with the records, if the change is followed. */
    Optional<TraceParent> parent();

    /** The records stand in the log. */
    void stands();

    /** They do not, or nobody knows. */
    void failed();
  }
}
