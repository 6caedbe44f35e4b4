package io.meshbridge.telemetry;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.ImportTracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Changes on their way into one target. A turn that no change has caused, such as a repair, makes
 * no span. Changes that are folded before their turn comes are one turn: the trace of the newest
 * goes on, and its plan has links to the others.
 */
final class ImportTraces implements ImportTracing {
  // Of a service that changes faster than it is written, the newest.
  private static final int MOST_AT_ONCE = 32;

  private final Tracer tracer;
  private final MeshId target;
  private final Function<ServiceKey, Optional<SpanContext>> beingFolded;
  private final Map<ServiceKey, List<SpanContext>> waiting = new ConcurrentHashMap<>();
  private final Map<ServiceKey, ImportTurn> turns = new ConcurrentHashMap<>();

  /**
   * Nothing waits yet.
   *
   * @param beingFolded the span of a change that is being folded on the calling thread
   */
  ImportTraces(
      Tracer tracer, MeshId target, Function<ServiceKey, Optional<SpanContext>> beingFolded) {
    this.tracer = tracer;
    this.target = target;
    this.beingFolded = beingFolded;
  }

  @Override
  public void touched(ServiceKey service) {
    beingFolded
        .apply(service)
        .ifPresent(change -> waiting.merge(service, List.of(change), ImportTraces::newest));
  }

  @Override
  public void begins(ServiceKey service) {
    var changes = waiting.remove(service);
    if (changes != null) {
      turns.put(service, ImportTurn.begin(tracer, target, service, changes));
    }
  }

  @Override
  public void decided(ServiceKey service, String decision) {
    turn(service).ifPresent(turn -> turn.decided(decision));
  }

  @Override
  public void worked(ServiceKey service, String outcome) {
    turn(service).ifPresent(turn -> turn.worked(outcome));
  }

  @Override
  public void ends(ServiceKey service) {
    var turn = turns.remove(service);
    if (turn != null && turn.end()) {
      // What came meanwhile is newer.
      waiting.merge(service, turn.changes(), (newer, again) -> newest(again, newer));
    }
  }

  private Optional<ImportTurn> turn(ServiceKey service) {
    return Optional.ofNullable(turns.get(service));
  }

  private static List<SpanContext> newest(List<SpanContext> older, List<SpanContext> newer) {
    var all = Stream.concat(older.stream(), newer.stream()).toList();
    return all.subList(Math.max(0, all.size() - MOST_AT_ONCE), all.size());
  }
}
