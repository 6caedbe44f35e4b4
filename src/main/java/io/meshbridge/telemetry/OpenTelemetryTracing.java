package io.meshbridge.telemetry;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.ImportTracing;
import io.meshbridge.tracing.TraceParent;
import io.meshbridge.tracing.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One trace for each change: its spans are made by all processes that it passes through. */
public final class OpenTelemetryTracing implements Tracing {
  private final Tracer tracer;
  // What is being folded, for those who are told of it on the same thread.
  private final ThreadLocal<Map<ServiceKey, Folding>> folding = ThreadLocal.withInitial(Map::of);

  /** Makes its spans with this. */
  public OpenTelemetryTracing(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public boolean follows() {
    return true;
  }

  /** The observation lasts until its publication begins, and is the root of the trace. */
  @Override
  public Publishing publishing(String topic, ServiceKey service, Instant observedAt) {
    var observed =
        tracer
            .spanBuilder(Words.OBSERVE)
            .setNoParent()
            .setStartTimestamp(observedAt)
            .setAttribute(Words.SERVICE, service.toString())
            .setAttribute(Words.ORIGIN, service.mesh().value())
            .startSpan();
    var published =
        tracer
            .spanBuilder(Words.PUBLISH)
            .setParent(Context.root().with(observed))
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(Words.SERVICE, service.toString())
            .setAttribute(Words.ORIGIN, service.mesh().value())
            .setAttribute(Words.SYSTEM, Words.KAFKA)
            .setAttribute(Words.DESTINATION, topic)
            .setAttribute(Words.OPERATION, "send")
            .startSpan();
    observed.end();
    return new Published(published);
  }

  @Override
  public void folding(String topic, Map<ServiceKey, List<TraceParent>> changes, Runnable fold) {
    var begun = new HashMap<ServiceKey, Folding>();
    changes.forEach(
        (service, parents) -> begun.put(service, new Folding(tracer, topic, service, parents)));
    folding.set(begun);
    try {
      fold.run();
    } finally {
      folding.remove();
      begun.values().forEach(Folding::end);
    }
  }

  @Override
  public ImportTracing importsInto(MeshId target) {
    return new ImportTraces(tracer, target, this::beingFolded);
  }

  /** The span of a change that is being folded on this thread. */
  private Optional<SpanContext> beingFolded(ServiceKey service) {
    return Optional.ofNullable(folding.get().get(service)).map(Folding::context);
  }
}
