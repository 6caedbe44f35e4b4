package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import java.util.List;

/**
 * Where a route takes what comes in.
 *
 * @param listener at which
 * @param host what the hosts of the listener and of the route have in common
 * @param hostRefs where these were declared
 */
record Door(ApiListener listener, String host, List<FieldRef> hostRefs) {
  Door {
    hostRefs = List.copyOf(hostRefs);
  }

  int port() {
    return listener.number();
  }

  boolean isSame(int port, String other) {
    return port() == port && host.equals(other);
  }

  /** Whether it is for all requests of a narrower host, too. */
  boolean isWiderThan(int port, String other) {
    return port() == port && !host.equals(other) && HostConditions.covers(host, other);
  }

  /** How close hosts of its form are: single ones have no request in common. */
  static int closeness(String host) {
    return host.startsWith(HostConditions.ANY) ? host.length() : Integer.MAX_VALUE;
  }
}
