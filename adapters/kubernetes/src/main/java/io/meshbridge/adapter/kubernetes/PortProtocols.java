package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.AppProtocol;

/** How a mesh learns what is spoken on a Service's port. */
@FunctionalInterface
public interface PortProtocols {
  /** What is spoken on a port whose transport is TCP or UDP. */
  AppProtocol of(ServiceFacts service, ServiceFacts.Port port);
}
