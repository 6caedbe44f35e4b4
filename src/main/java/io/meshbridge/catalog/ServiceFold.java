package io.meshbridge.catalog;

import io.meshbridge.log.RecordKey;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a topic has said of one service. Its records arrive one by one, so endpoints may be there
 * before the export is.
 *
 * @param export null until it was told
 * @param chunks the endpoints by chunk
 * @param observedAt when the source saw the newest of it
 * @param puzzles for each key of which the newest record could not be acted upon, why: each is
 *     solved only by a better record of its own key
 */
record ServiceFold(
    @Nullable Export export,
    SortedMap<Integer, EndpointList> chunks,
    Instant observedAt,
    SortedMap<String, String> puzzles) {
  static final ServiceFold NOTHING =
      new ServiceFold(null, new TreeMap<>(), Instant.EPOCH, new TreeMap<>());

  ServiceFold exported(Export newer, Instant at) {
    return new ServiceFold(newer, chunks, at, puzzles);
  }

  ServiceFold withdrawn(Instant at) {
    return new ServiceFold(null, chunks, at, puzzles);
  }

  ServiceFold puzzled(String key, String reason) {
    var more = new TreeMap<>(puzzles);
    more.put(key, reason);
    return new ServiceFold(export, chunks, observedAt, more);
  }

  ServiceFold solved(String key) {
    if (!puzzles.containsKey(key)) {
      return this;
    }
    var fewer = new TreeMap<>(puzzles);
    fewer.remove(key);
    return new ServiceFold(export, chunks, observedAt, fewer);
  }

  ServiceFold withChunk(int chunk, EndpointList endpoints, Instant at) {
    var more = new TreeMap<>(chunks);
    more.put(chunk, endpoints);
    return new ServiceFold(export, more, at, puzzles);
  }

  ServiceFold withoutChunk(int chunk, Instant at) {
    var fewer = new TreeMap<>(chunks);
    fewer.remove(chunk);
    return new ServiceFold(export, fewer, at, puzzles);
  }

  boolean isNothing() {
    return export == null && chunks.isEmpty() && puzzles.isEmpty();
  }

  /** Why the record of the export itself could not be acted upon; empty if it was. */
  String exportNotUnderstood(ServiceKey service) {
    var key = new RecordKey.Export(service.namespace(), service.name()).text();
    return puzzles.getOrDefault(key, "");
  }

  /** Why some of it could not be acted upon; empty if all was. */
  String notUnderstood() {
    return puzzles.isEmpty() ? "" : puzzles.firstEntry().getValue();
  }

  EndpointList endpoints() {
    var all = new ArrayList<Endpoint>();
    chunks.values().forEach(chunk -> all.addAll(chunk.endpoints()));
    return EndpointList.of(all);
  }
}
