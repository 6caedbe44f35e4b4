package io.meshbridge.tracing;

import io.meshbridge.model.ServiceKey;

/**
 * Follows changes through the work on the imports of one target. A service is never worked on twice
 * at once, so its key says which turn is meant.
 */
public interface ImportTracing {
  /** Follows nothing. */
  ImportTracing NONE =
      new ImportTracing() {
        @Override
        public void touched(ServiceKey service) {}

        @Override
        public void begins(ServiceKey service) {}

        @Override
        public void decided(ServiceKey service, String decision) {}

        @Override
        public void worked(ServiceKey service, String outcome) {}

        @Override
        public void ends(ServiceKey service) {}
      };

  /**
   * A change of the service has been taken in: called by the thread that folds it, after the world
   * has changed and before the service is queued.
   */
  void touched(ServiceKey service);

  /** A turn of the service begins, before it is looked at. */
  void begins(ServiceKey service);

  /**
   * What shall become of it is decided.
   *
   * @param decision one of a fixed set of words
   */
  void decided(ServiceKey service, String decision);

  /**
   * What came of it.
   *
   * @param outcome one of the words of {@code ImportMetrics}
   */
  void worked(ServiceKey service, String outcome);

  /** The turn is over, whatever came of it. */
  void ends(ServiceKey service);
}
