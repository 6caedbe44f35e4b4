package io.meshbridge.telemetry;

import io.meshbridge.tracing.TraceParent;
import io.meshbridge.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;

/** The span of a publication. */
record Published(Span span) implements Tracing.Publishing {
  @Override
  public Optional<TraceParent> parent() {
    return Optional.of(span.getSpanContext())
        .map(at -> new TraceParent(at.getTraceId(), at.getSpanId(), at.getTraceFlags().asHex()));
  }

  @Override
  public void stands() {
    span.end();
  }

  @Override
  public void failed() {
    span.setStatus(StatusCode.ERROR, "not published, or nobody knows");
    span.end();
  }
}
