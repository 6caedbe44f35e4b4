package io.meshbridge.it;

/** Somebody in the target mesh who looks at it and knows nothing of the bridge. */
interface Sightings extends AutoCloseable {
  /**
   * Begins to look for a state of a service; called before the change is made.
   *
   * @param gone whether it is the service's absence that is looked for
   */
  Sight expect(Shop shop, boolean gone);

  @Override
  void close();

  /** What is looked for. */
  interface Sight {
    /** Waits until it is there; when that was, in {@link System#nanoTime()}. */
    long await() throws Exception;
  }
}
