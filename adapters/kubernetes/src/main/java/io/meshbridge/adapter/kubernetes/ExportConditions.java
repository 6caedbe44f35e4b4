package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How an export stands, in the conditions of the Multi-Cluster Services API. Pure. The reasons are
 * that API's own where it has one; {@code NotExportable} and {@code NameConflict} are ours.
 */
final class ExportConditions {
  private static final int MOST = 4096;

  private ExportConditions() {}

  /**
   * The conditions that a ServiceExport should have.
   *
   * @param service the Service of its name, if there is one
   * @param generation of the ServiceExport
   */
  static List<ExportCondition> of(
      ExportReport report, Optional<OwnService> service, long generation) {
    var valid = valid(report, service, generation);
    return List.of(valid, ready(report, valid, generation), conflict(report, generation));
  }

  private static ExportCondition valid(
      ExportReport report, Optional<OwnService> service, long generation) {
    var name = report.service().namespace() + "/" + report.service().name();
    if (service.isEmpty()) {
      return condition("Valid", false, "NoService", "there is no Service " + name, generation);
    }
    var found = service.orElseThrow();
    if (!found.mirroredBy().isEmpty()) {
      return condition(
          "Valid",
          false,
          "NotExportable",
          "Service " + name + " was mirrored from elsewhere by " + found.mirroredBy(),
          generation);
    }
    if (!report.fault().isEmpty()) {
      var reason = found.external() ? "InvalidServiceType" : "NotExportable";
      return condition("Valid", false, reason, report.fault(), generation);
    }
    return condition("Valid", true, "Valid", "Service " + name + " can be exported", generation);
  }

  /** True only if it stands wherever it is to stand. */
  private static ExportCondition ready(
      ExportReport report, ExportCondition valid, long generation) {
    if (!report.published()) {
      return valid.status().equals("True")
          ? condition("Ready", false, "Pending", "not published yet", generation)
          : condition("Ready", false, "Failed", "not published: " + valid.message(), generation);
    }
    if (report.arrivals().isEmpty()) {
      return condition(
          "Ready", false, "Pending", "published, and imported by no mesh yet", generation);
    }
    if (any(report, Arrival.State::failed)) {
      return condition("Ready", false, "Failed", standings(report), generation);
    }
    boolean everywhere = !any(report, state -> !state.stands());
    return condition(
        "Ready", everywhere, everywhere ? "Exported" : "Pending", standings(report), generation);
  }

  private static ExportCondition conflict(ExportReport report, long generation) {
    var taken = standings(report, state -> state == Arrival.State.CONFLICT);
    return taken.isEmpty()
        ? condition(
            "Conflict",
            false,
            "NoConflicts",
            "exports are not merged with those of other meshes",
            generation)
        : condition("Conflict", true, "NameConflict", String.join("; ", taken), generation);
  }

  /** What is wrong comes first: who reads only the beginning reads that. */
  private static String standings(ExportReport report) {
    var all = new ArrayList<>(standings(report, Arrival.State::failed));
    all.addAll(standings(report, state -> !state.failed() && !state.stands()));
    all.addAll(standings(report, Arrival.State::stands));
    return String.join("; ", all);
  }

  private static List<String> standings(ExportReport report, Predicate<Arrival.State> chosen) {
    return report.arrivals().entrySet().stream()
        .filter(entry -> chosen.test(entry.getValue().state()))
        .map(entry -> OwnerWords.standing(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean any(ExportReport report, Predicate<Arrival.State> chosen) {
    return report.arrivals().values().stream().map(Arrival::state).anyMatch(chosen);
  }

  private static ExportCondition condition(
      String type, boolean holds, String reason, String message, long generation) {
    return new ExportCondition(
        type, holds ? "True" : "False", reason, OwnerWords.within(MOST, message), generation, "");
  }
}
