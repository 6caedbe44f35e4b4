package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.TraceParent;
import io.meshbridge.tracing.Tracing;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one transaction, as they are followed: each service of it is a change of its own,
 * and its records share one parent. Closing it says that nothing of it stands, unless that was
 * said.
 */
final class TracedBatch implements AutoCloseable {
  private final Map<String, TraceParent> parents;
  private final Collection<Tracing.Publishing> publishing;
  private boolean stands;

  private TracedBatch(Map<String, TraceParent> parents, Collection<Tracing.Publishing> publishing) {
    this.parents = parents;
    this.publishing = publishing;
  }

  static TracedBatch begin(Tracing tracing, String topic, List<Publication> batch) {
    if (!tracing.follows()) {
      return new TracedBatch(Map.of(), List.of());
    }
    var observedAt = observedAt(batch);
    var byService = new LinkedHashMap<ServiceKey, Tracing.Publishing>();
    var parents = new HashMap<String, TraceParent>();
    for (Publication publication : batch) {
      MeshFold.serviceOf(publication.record())
          .flatMap(
              service ->
                  byService
                      .computeIfAbsent(
                          service,
                          first ->
                              tracing.publishing(
                                  topic, service, observedAt.getOrDefault(service, Instant.EPOCH)))
                      .parent())
          .ifPresent(parent -> parents.put(publication.outgoing().key(), parent));
    }
    return new TracedBatch(parents, byService.values());
  }

  /** What goes with each record, by its key. */
  Map<String, TraceParent> parents() {
    return parents;
  }

  /** All of it stands in the log. */
  void stands() {
    stands = true;
  }

  @Override
  public void close() {
    publishing.forEach(stands ? Tracing.Publishing::stands : Tracing.Publishing::failed);
  }

  /** When the newest of each service was observed. */
  private static Map<ServiceKey, Instant> observedAt(List<Publication> batch) {
    var newest = new HashMap<ServiceKey, Instant>();
    for (Publication publication : batch) {
      MeshFold.serviceOf(publication.record())
          .ifPresent(
              service ->
                  newest.merge(
                      service,
                      publication.outgoing().observedAt(),
                      (one, other) -> one.isAfter(other) ? one : other));
    }
    return newest;
  }
}
