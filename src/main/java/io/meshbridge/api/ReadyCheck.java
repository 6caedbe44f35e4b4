package io.meshbridge.api;

import io.meshbridge.status.FederationView;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** What this process tells is whole once the log was read up to where it stood at the start. */
@Readiness
final class ReadyCheck implements HealthCheck {
  private final Instance<FederationView> federation;

  ReadyCheck(Instance<FederationView> federation) {
    this.federation = federation;
  }

  @Override
  public HealthCheckResponse call() {
    boolean caughtUp = federation.isResolvable() && federation.get().caughtUp();
    return HealthCheckResponse.named("log-caught-up").status(caughtUp).build();
  }
}
