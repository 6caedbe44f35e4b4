package io.meshbridge.spi;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the export of one service stands in the whole federation.
 *
 * @param service the service at its home
 * @param published whether the federation's log holds it
 * @param fault why it cannot be exported as it is now; empty if it can. What was published before
 *     stands meanwhile.
 * @param arrivals how it stands in each mesh that knows of it
 */
public record ExportReport(
    ServiceKey service, boolean published, String fault, SortedMap<MeshId, Arrival> arrivals) {
  /** Copies. */
  public ExportReport {
    arrivals = Collections.unmodifiableSortedMap(new TreeMap<>(arrivals));
  }

  /** Of a service of which the federation knows nothing. */
  public static ExportReport nothing(ServiceKey service) {
    return new ExportReport(service, false, "", Collections.emptySortedMap());
  }

  /** Whether the federation knows nothing of the service. */
  public boolean isNothing() {
    return !published && fault.isEmpty() && arrivals.isEmpty();
  }
}
