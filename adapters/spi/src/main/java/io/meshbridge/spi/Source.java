package io.meshbridge.spi;

import java.util.function.Consumer;

/**
 * Watches what a mesh offers.
 *
 * <p>The contract:
 *
 * <ul>
 *   <li>Each run begins with what is there: an {@link Observation.Offered} (or {@link
 *       Observation.Unreadable}) per marked service, then one {@link Observation.Complete}.
 *   <li>After that come changes. A service is withdrawn only when a complete, unfiltered read lacks
 *       it; a read that failed, was cut, or was filtered by permissions says nothing about what it
 *       does not hold.
 *   <li>When the mesh cannot be read, the source says {@link Observation.Interrupted} once, keeps
 *       trying with backoff and jitter, and says {@link Observation.Complete} again when it has
 *       re-read everything.
 *   <li>Equal state may be told twice; the host compares. Order per service is the mesh's order.
 * </ul>
 */
public interface Source {
  /**
   * Observes until interrupted. May be called again after it returned.
   *
   * @param observer takes one observation at a time; it may block to slow the source down
   * @throws InterruptedException when the host cancels; the only way in which this method ends
   */
  void run(Consumer<Observation> observer) throws InterruptedException;
}
