package io.meshbridge.api;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * The process works if it can answer at all. Nothing outside is asked: to restart a bridge because
 * a broker or a mesh is away would only lose what it knows.
 */
@Liveness
final class LiveCheck implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("process");
  }
}
