package io.meshbridge.adapter.kubernetes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One condition of a ServiceExport, as it stands there or as it should.
 *
 * @param type such as {@code Ready}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one word in camel case
 * @param message for people
 * @param observedGeneration of the ServiceExport that it speaks of
 * @param lastTransitionTime when {@code status} became what it is; empty if it does not stand yet
 */
record ExportCondition(
    String type,
    String status,
    String reason,
    String message,
    long observedGeneration,
    String lastTransitionTime) {

  /** The conditions of an object. */
  static List<ExportCondition> of(KubeObject object) {
    var all = new ArrayList<ExportCondition>();
    // What others wrote there need not make sense to us.
    for (Fields fields : object.fields(Problems.NONE).object("status").objects("conditions")) {
      all.add(
          new ExportCondition(
              fields.text("type"),
              fields.text("status"),
              fields.text("reason"),
              fields.text("message"),
              fields.integer("observedGeneration").orElse(0),
              fields.text("lastTransitionTime")));
    }
    return List.copyOf(all);
  }

  /** Whether both say the same, whenever they came about. */
  boolean saysTheSameAs(ExportCondition other) {
    return type.equals(other.type)
        && status.equals(other.status)
        && reason.equals(other.reason)
        && message.equals(other.message)
        && observedGeneration == other.observedGeneration;
  }

  /** The same, standing since whatever of the same status stands there, else since now. */
  ExportCondition after(List<ExportCondition> standing, Instant now) {
    var since =
        standing.stream()
            .filter(other -> other.type.equals(type) && other.status.equals(status))
            .map(ExportCondition::lastTransitionTime)
            .filter(time -> !time.isEmpty())
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ExportCondition(type, status, reason, message, observedGeneration, since);
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("type", type);
    manifest.put("status", status);
    manifest.put("reason", reason);
    manifest.put("message", message);
    manifest.put("observedGeneration", observedGeneration);
    manifest.put("lastTransitionTime", lastTransitionTime);
    return manifest;
  }
}
