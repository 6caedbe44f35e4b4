package io.meshbridge.telemetry;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One turn of an import that a change has caused: a plan, and what came of it. One thread's. */
final class ImportTurn {
  private static final String WAITS = "waits";

  /** After these the same change has another turn, in the same trace. */
  private static final Set<String> NOT_YET = Set.of("retried", "damped", WAITS);

  private static final Set<String> ERRORS = Set.of("retried", "rejected");

  private final Tracer tracer;
  private final MeshId target;
  private final ServiceKey service;
  private final List<SpanContext> changes;
  private final Span plan;
  private @Nullable Span apply;
  // A turn of which nothing is reported has to wait: for its name, for the guard, for the lease.
  private String outcome = WAITS;

  private ImportTurn(
      Tracer tracer, MeshId target, ServiceKey service, List<SpanContext> changes, Span plan) {
    this.tracer = tracer;
    this.target = target;
    this.service = service;
    this.changes = changes;
    this.plan = plan;
  }

  /**
   * Begins.
   *
   * @param changes what it is about, the newest last; at least one
   */
  static ImportTurn begin(
      Tracer tracer, MeshId target, ServiceKey service, List<SpanContext> changes) {
    var builder =
        tracer
            .spanBuilder(Words.PLAN)
            .setParent(Context.root().with(Span.wrap(changes.getLast())))
            .setAttribute(Words.SERVICE, service.toString())
            .setAttribute(Words.ORIGIN, service.mesh().value())
            .setAttribute(Words.TARGET, target.value());
    changes.subList(0, changes.size() - 1).forEach(builder::addLink);
    return new ImportTurn(tracer, target, service, changes, builder.startSpan());
  }

  List<SpanContext> changes() {
    return changes;
  }

  void decided(String decision) {
    plan.setAttribute(Words.DECISION, decision);
    plan.end();
    apply =
        tracer
            .spanBuilder(Words.APPLY)
            .setParent(Context.root().with(plan))
            .setAttribute(Words.SERVICE, service.toString())
            .setAttribute(Words.ORIGIN, service.mesh().value())
            .setAttribute(Words.TARGET, target.value())
            .startSpan();
  }

  void worked(String came) {
    outcome = came;
  }

  /** Ends it; answers whether the same changes need another turn. */
  boolean end() {
    if (apply == null) {
      plan.setStatus(StatusCode.ERROR, "nothing was decided");
      plan.end();
      return false;
    }
    apply.setAttribute(Words.OUTCOME, outcome);
    if (ERRORS.contains(outcome)) {
      apply.setStatus(StatusCode.ERROR, outcome);
    }
    apply.end();
    return NOT_YET.contains(outcome);
  }
}
