package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.LocalityPolicy;
import java.util.Map;

/** Which places are preferred, as {@code PrioritizeByLocality}. */
final class LocalityWriter {
  private LocalityWriter() {}

  static void write(
      LocalityPolicy locality, String path, PortPlan plan, Map<String, Object> fields) {
    var losses = plan.losses();
    locality
        .enabled()
        .ifPresent(
            near -> {
              if (plan.version().has(Feature.LOCALITY)) {
                fields.put("PrioritizeByLocality", Map.of("Mode", near ? "failover" : "none"));
              } else {
                losses.drop(
                    path + ".enabled", "only " + Feature.LOCALITY.since() + " prefers places");
              }
            });
    var reason = "Consul orders places by itself";
    if (!locality.failover().isEmpty()) {
      losses.drop(path + ".failover", reason);
    }
    if (!locality.distribution().isEmpty()) {
      losses.drop(path + ".distribution", reason);
    }
    if (!locality.priority().isEmpty()) {
      losses.drop(path + ".priority", reason);
    }
  }
}
