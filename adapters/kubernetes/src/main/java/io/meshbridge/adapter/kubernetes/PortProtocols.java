package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.AppProtocol;

/** How a mesh learns what is spoken on a Service's port. */
@FunctionalInterface
public interface PortProtocols {
  /**
   * What is spoken.
   *
   * @param transport {@code TCP} or {@code UDP}
   * @param appProtocol the port's declared protocol; empty if none
   * @param name the port's name; empty if none
   */
  AppProtocol of(String transport, String appProtocol, String name);
}
