package io.meshbridge.telemetry;

import io.meshbridge.tracing.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Follows changes where somebody has said where spans go, and else nothing. */
@Singleton
final class ChosenTracing {
  private final Tracing tracing;

  ChosenTracing(
      Instance<OpenTelemetry> openTelemetry,
      @ConfigProperty(name = TracingSettings.DISABLED) boolean disabled) {
    this.tracing =
        disabled
            ? Tracing.NONE
            : new OpenTelemetryTracing(openTelemetry.get().getTracer("io.meshbridge"));
  }

  @Produces
  @Singleton
  Tracing tracing() {
    return tracing;
  }
}
