package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.Listener;
import java.util.Optional;

/**
 * A listener of a Gateway, read.
 *
 * @param listener as others have it
 * @param name by which routes choose it
 * @param host that it answers for; {@code *} for all
 * @param hostRef where that was declared
 * @param port where its port was declared
 * @param allowed the routes that may be attached to it
 */
record ApiListener(
    Listener listener,
    String name,
    String host,
    Optional<FieldRef> hostRef,
    FieldRef port,
    AllowedRoutes allowed) {
  boolean isHttp() {
    return listener.isHttp();
  }

  int number() {
    return listener.port();
  }

  /** Whether it goes before another for all hosts that it takes. */
  boolean isCloserThan(ApiListener other) {
    return number() == other.number()
        && isHttp() == other.isHttp()
        && !host.equals(other.host())
        && HostConditions.covers(other.host(), host);
  }
}
