package io.meshbridge.api;

import io.meshbridge.status.FederationView;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;

/** The federation that this process serves, if it serves one. */
@Singleton
final class ServedFederation {
  private final Instance<FederationView> federation;

  ServedFederation(Instance<FederationView> federation) {
    this.federation = federation;
  }

  /** What is known of it. */
  FederationView view() {
    if (!federation.isResolvable()) {
      throw new ServiceUnavailableException("this process serves no federation");
    }
    return federation.get();
  }
}
