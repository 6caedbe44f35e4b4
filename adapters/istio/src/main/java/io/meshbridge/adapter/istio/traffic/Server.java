package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Listener;
import java.util.List;
import java.util.Optional;

/**
 * A server of a Gateway, read.
 *
 * @param listener as others have it
 * @param hosts with the namespaces whose VirtualServices they are for
 * @param port where its port was declared
 * @param redirect where it was declared that requests are led to HTTPS; empty if they are not
 */
record Server(Listener listener, List<Host> hosts, FieldRef port, Optional<FieldRef> redirect) {
  /**
   * A host.
   *
   * @param namespace of the VirtualServices that may use it; empty for any
   */
  record Host(String namespace, String name, FieldRef ref) {
    boolean isFor(ResourceKey route) {
      return namespace.isEmpty() || namespace.equals(route.namespace());
    }
  }

  Server {
    hosts = List.copyOf(hosts);
  }

  /** Whether rules of VirtualServices for requests take what comes in there. */
  boolean takesRequests() {
    return listener.isHttp() && redirect.isEmpty();
  }
}
