package io.meshbridge.adapter.linkerd;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Asks for the addresses of a host, once. */
@FunctionalInterface
interface HostLookup {
  /** Blocks until there is an answer, for some seconds at most. */
  Result lookup(String host) throws InterruptedException;

  /** What came of asking. */
  sealed interface Result {
    /**
     * The host stands for these.
     *
     * @param addresses at least one, of both versions of IP
     * @param timeToLive how long that holds
     */
    record Found(List<InetAddress> addresses, Duration timeToLive) implements Result {
      /** Copies. */
      public Found {
        addresses = List.copyOf(addresses);
      }
    }

    /** There was no answer, or none with an address. */
    record Failed(String reason) implements Result {}
  }
}
