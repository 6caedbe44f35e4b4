package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;

/** Reads which backends share the requests or connections of a rule. */
final class BackendReader {
  private static final int MAX_WEIGHT = 1_000_000;
  private static final String LEFT_OUT = "its backend is left out";

  private final RefReader refs;
  private final Sources.Builder sources;

  /** Reads the filters of a backend. */
  @FunctionalInterface
  interface Filters {
    /** For routes whose backends have none. */
    Filters NONE = (backend, into) -> new FilterReader.Reading(List.of(), false);

    FilterReader.Reading read(TracedFields backend, String into);
  }

  BackendReader(RefReader refs, Sources.Builder sources) {
    this.refs = refs;
    this.sources = sources;
  }

  /** The backends that can be told. */
  List<WeightedBackend> read(List<TracedFields> declared, Filters filters) {
    var backends = new ArrayList<WeightedBackend>();
    for (TracedFields backend : declared) {
      var at = "backends[" + backends.size() + "]";
      var fields = new SourcedFields(backend, sources, at + ".ref");
      var ref = refs.read(fields);
      var read = filters.read(backend, at + ".filters");
      if (ref.isEmpty() || read.refused()) {
        backend.drop("weight", LEFT_OUT, "");
        if (read.refused()) {
          backend.drop("name", LEFT_OUT, "");
        }
        continue;
      }
      int weight = fields.into(at + ".weight").integer("weight", 0, MAX_WEIGHT).orElse(1);
      backends.add(new WeightedBackend(ref.orElseThrow(), weight, read.filters()));
    }
    return backends;
  }
}
