package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.List;

/**
 * Something with the native fields that it was read from.
 *
 * @param <T> what was read
 */
record Sourced<T>(T value, List<FieldRef> refs) {
  Sourced {
    refs = List.copyOf(refs);
  }

  /** Read from a single field. */
  static <T> Sourced<T> of(T value, FieldRef ref) {
    return new Sourced<>(value, List.of(ref));
  }

  /** Notes that a field of a part was read from a native one, if that is there. */
  static void note(TracedFields fields, String name, String field, Sources.Builder sources) {
    if (fields.has(name)) {
      sources.add(field, fields.ref(name));
    }
  }

  /** Notes where a field of a part was read from. */
  void tell(String field, Sources.Builder sources) {
    refs.forEach(ref -> sources.add(field, ref));
  }
}
