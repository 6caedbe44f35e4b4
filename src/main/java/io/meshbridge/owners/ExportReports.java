package io.meshbridge.owners;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.Standing;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.status.ImportStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what an owner is told. Pure; costs as much as there are members. */
final class ExportReports {
  private ExportReports() {}

  /** Answers what became of an import. */
  @FunctionalInterface
  interface Imports {
    /** Empty if the mesh imports no such service. */
    Optional<ImportStatus> find(MeshId target, ServiceKey service);
  }

  /**
   * How an export stands.
   *
   * @param faults what this process knows to be wrong with its exports, and the log may not
   */
  static ExportReport of(
      ServiceKey service, Catalog catalog, Imports imports, Map<ServiceKey, String> faults) {
    var arrivals = new TreeMap<MeshId, Arrival>();
    for (Member member : catalog.members()) {
      if (member.state() == Member.State.ACTIVE && !member.id().equals(service.mesh())) {
        imports
            .find(member.id(), service)
            .ifPresent(status -> arrivals.put(member.id(), arrival(status)));
      }
    }
    var told = catalog.mesh(service.mesh()).fold().fault(service);
    return new ExportReport(
        service,
        catalog.standing(service) instanceof Standing.Present,
        faults.getOrDefault(service, told),
        arrivals);
  }

  private static Arrival arrival(ImportStatus status) {
    return switch (status.state()) {
      case APPLIED -> new Arrival(Arrival.State.IMPORTED, status.name(), "");
      // How many endpoints there are is no news for their owner.
      case DEGRADED -> new Arrival(Arrival.State.IDLE, status.name(), "");
      // The reason changes with every try.
      case PENDING -> new Arrival(Arrival.State.PENDING, "", "");
      case CONFLICT -> new Arrival(Arrival.State.CONFLICT, status.name(), status.reason());
      case REFUSED -> new Arrival(Arrival.State.REFUSED, "", status.reason());
      case HELD -> new Arrival(Arrival.State.HELD, status.name(), status.reason());
      case STALE -> new Arrival(Arrival.State.STALE, status.name(), status.reason());
      case PAUSED, OBSERVED -> new Arrival(Arrival.State.SUSPENDED, "", "");
    };
  }
}
