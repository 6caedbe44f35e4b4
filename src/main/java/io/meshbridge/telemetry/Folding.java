package io.meshbridge.telemetry;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folding of what was read of one service at once. It is a span only where an import is touched
 * by it: who reads along adds nothing to a trace. Belongs to one thread.
 */
final class Folding {
  private final Tracer tracer;
  private final String topic;
  private final ServiceKey service;
  private final List<TraceParent> parents;
  private final Instant begun = Instant.now();
  private @Nullable Span span;

  /**
   * Begins.
   *
   * @param parents at least one, the newest last: it is the parent, and to the others there are
   *     links
   */
  Folding(Tracer tracer, String topic, ServiceKey service, List<TraceParent> parents) {
    this.tracer = tracer;
    this.topic = topic;
    this.service = service;
    this.parents = List.copyOf(parents);
  }

  SpanContext context() {
    if (span == null) {
      span = start();
    }
    return span.getSpanContext();
  }

  void end() {
    if (span != null) {
      span.end();
    }
  }

  private Span start() {
    var builder =
        tracer
            .spanBuilder(Words.FOLD)
            .setParent(Context.root().with(Span.wrap(remote(parents.getLast()))))
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(begun)
            .setAttribute(Words.SERVICE, service.toString())
            .setAttribute(Words.ORIGIN, service.mesh().value())
            .setAttribute(Words.SYSTEM, Words.KAFKA)
            .setAttribute(Words.DESTINATION, topic)
            .setAttribute(Words.OPERATION, "process");
    parents.subList(0, parents.size() - 1).forEach(older -> builder.addLink(remote(older)));
    return builder.startSpan();
  }

  private static SpanContext remote(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.spanId(),
        TraceFlags.fromHex(parent.flags(), 0),
        TraceState.getDefault());
  }
}
