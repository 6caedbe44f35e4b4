package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.BackendRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says where requests go. */
final class Destinations {
  private final Import service;
  private final SubsetNames subsets;

  Destinations(Import service, SubsetNames subsets) {
    this.service = service;
    this.subsets = subsets;
  }

  /** The destination; empty if the target has no such service or subset. */
  Optional<Map<String, Object>> of(BackendRef ref) {
    var host = hostOf(ref);
    if (host.isEmpty() || isLost(ref)) {
      return Optional.empty();
    }
    var destination = new LinkedHashMap<String, Object>();
    destination.put("host", host.orElseThrow());
    if (!ref.subset().isEmpty()) {
      destination.put("subset", SubsetNames.written(ref.subset()));
    }
    ref.port().ifPresent(port -> destination.put("port", Map.of("number", port)));
    return Optional.of(destination);
  }

  /** Why there is none. */
  String reasonAgainst(BackendRef ref) {
    if (leadsToGateway(ref)) {
      return "nothing can be sent to a gateway itself";
    }
    return hostOf(ref).isEmpty()
        ? "the target has no import of " + ref.service().orElseThrow()
        : "the subset '" + ref.subset() + "' cannot be said";
  }

  /** What its owner can do. */
  String adviceAgainst(BackendRef ref) {
    return hostOf(ref).isEmpty() && !leadsToGateway(ref)
        ? "export " + ref.service().orElseThrow() + ", too"
        : "";
  }

  private Optional<String> hostOf(BackendRef ref) {
    if (leadsToGateway(ref)) {
      return Optional.empty();
    }
    return ref.service().isEmpty()
        ? Optional.of(service.name())
        : Optional.ofNullable(service.names().get(ref.service().orElseThrow()));
  }

  private boolean leadsToGateway(BackendRef ref) {
    return ref.service().isEmpty() && service.export().ingress().isPresent();
  }

  private boolean isLost(BackendRef ref) {
    return ref.service().isEmpty() && subsets.isLost(ref.subset());
  }
}
