package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.Set;

/**
 * How changes of exported services are noticed beyond their names and tags. Chosen by what the
 * connection can carry.
 */
interface ChangeFeed {
  /**
   * Notes where to go on from; called before the first services are read.
   *
   * @param services how many there are
   */
  void prepare(int services) throws MeshUnavailableException, InterruptedException;

  /** Starts what does not belong to one service. */
  void start();

  /**
   * The service is exported now.
   *
   * @param index of the state in which it was last read
   */
  void follow(String service, long index);

  /** The service is exported no more. */
  void forget(String service);

  /**
   * Something in the catalog has changed.
   *
   * @param services how many there are now
   * @return whether it is going to tell which; otherwise a sweep has to find that out
   */
  boolean catalogChanged(int services);

  /** Whether it reads this service whenever it changes. */
  boolean follows(String service);

  /** Of these exported services, the ones that nobody reads but a sweep. */
  Set<String> unfollowed(Set<String> exported);
}
