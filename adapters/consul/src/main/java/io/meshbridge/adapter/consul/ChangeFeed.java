package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;

/**
 * How changes of exported services are noticed beyond their names and tags. Chosen by what the
 * connection can carry.
 */
interface ChangeFeed {
  /** Notes where to go on from; called before the first services are read. */
  void prepare() throws MeshUnavailableException, InterruptedException;

  /** Starts what does not belong to one service. */
  void start();

  /** The service is exported now. */
  void follow(String service);

  /** The service is exported no more. */
  void forget(String service);

  /** Whether followed services have to be read again whenever the catalog changes. */
  boolean needsSweeps();
}
