package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Sources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects the filters of a rule or a backend, each with what it was read from. */
final class FilterList {
  private final List<HttpFilter> filters = new ArrayList<>();
  private final List<List<FieldRef>> refs = new ArrayList<>();

  /** Adds a filter to the end. */
  void add(HttpFilter filter, Collection<FieldRef> from) {
    filters.add(filter);
    refs.add(List.copyOf(from));
  }

  /** The filters; notes where they were read from below a field of the rule. */
  List<HttpFilter> tell(String field, Sources.Builder sources) {
    for (int i = 0; i < filters.size(); i++) {
      var at = field + "[" + i + "]";
      refs.get(i).forEach(ref -> sources.add(at, ref));
    }
    return List.copyOf(filters);
  }
}
