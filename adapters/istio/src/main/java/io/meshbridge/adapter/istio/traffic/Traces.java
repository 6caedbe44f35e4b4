package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The traces of all objects that one reading looks at, each object once. Not for several threads.
 */
final class Traces {
  private final Function<Problem, Location> locations;
  private final Map<String, ObjectTrace> traces = new LinkedHashMap<>();

  /** With what knows where a field stands. */
  Traces(Function<Problem, Location> locations) {
    this.locations = locations;
  }

  ObjectTrace of(String object) {
    return traces.computeIfAbsent(
        object,
        name -> new ObjectTrace(name, path -> locations.apply(Problem.unsaid(name, path, ""))));
  }

  Set<String> objects() {
    return traces.keySet();
  }

  List<Loss> losses() {
    return traces.values().stream().flatMap(trace -> trace.losses().stream()).distinct().toList();
  }

  List<Diagnostic> faults() {
    return traces.values().stream().flatMap(trace -> trace.faults().stream()).distinct().toList();
  }
}
