package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code Failover} of a service-resolver. */
final class FailoverReader {
  /** Whatever subset is not named otherwise. */
  static final String ANY = "*";

  private static final String NOT_FAILED_OVER = "requests do not fail over to it";
  private static final String ELSEWHERE =
      "export the service from there and fail over to its import";

  private FailoverReader() {}

  static SortedMap<String, List<Target>> read(
      ConfigEntry entry, TracedFields resolver, Set<String> subsets) {
    var failovers = new TreeMap<String, List<Target>>();
    resolver
        .objectMap("Failover")
        .forEach(
            (subset, failover) -> {
              if (!subset.equals(ANY) && !subsets.contains(subset)) {
                resolver.trace().error(failover.path(), "there is no subset '" + subset + "'");
              } else {
                failovers.put(subset, targets(entry, failover));
              }
            });
    return failovers;
  }

  private static List<Target> targets(ConfigEntry entry, TracedFields failover) {
    failover.drop(
        "Policy", "targets are tried in their order; other ways have no word elsewhere", "");
    failover.drop("Datacenters", "another datacenter is another mesh", ELSEWHERE);
    failover.drop("SamenessGroup", "its members are other meshes", ELSEWHERE);
    var list = failover.objects("Targets");
    var targets = new ArrayList<Target>();
    for (TracedFields target : list) {
      Target.read(target, entry, NOT_FAILED_OVER).ifPresent(targets::add);
    }
    if (!list.isEmpty() && (failover.has("Service") || failover.has("ServiceSubset"))) {
      failover.error("Targets", "cannot stand beside Service and ServiceSubset");
    }
    // Beside datacenters the names say what is called there, not here.
    if (failover.has("Datacenters") || failover.has("SamenessGroup")) {
      for (String field : List.of("Service", "ServiceSubset", "Namespace")) {
        failover.drop(
            field, "it is called in another datacenter, which is another mesh", ELSEWHERE);
      }
    } else if (list.isEmpty()) {
      Target.read(failover, entry, NOT_FAILED_OVER)
          .filter(target -> !target.refs().isEmpty())
          .ifPresent(targets::add);
    }
    return targets;
  }
}
