package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.Locale;
import java.util.Optional;

/**
 * What the target calls the places that one port's rules lead to. Consul refuses a route unless all
 * services that it leads to speak the same protocol and have the named subset, so both must be
 * known.
 */
final class Neighbours {
  private final Import service;
  private final ServicePort port;
  private final SubsetMeta subsets;

  /** A place by its names in Consul, or why it has none. */
  sealed interface Place {
    /**
     * It can be called.
     *
     * @param service which Consul service
     * @param subset of it; empty for all instances
     */
    record Known(String service, String subset) implements Place {}

    /** It cannot. */
    record Unknown(String reason, String advice) implements Place {}
  }

  Neighbours(Import service, ServicePort port, SubsetMeta subsets) {
    this.service = service;
    this.port = port;
    this.subsets = subsets;
  }

  Place find(BackendRef ref) {
    return ref.service().filter(other -> !other.equals(service.service())).isPresent()
        ? findOther(ref.service().get(), ref)
        : findSelf(ref);
  }

  private Place findSelf(BackendRef ref) {
    var policy = service.export().traffic();
    if (!ref.subset().isEmpty()) {
      var subset = policy.subset(ref.subset());
      if (subset.isEmpty()) {
        return new Place.Unknown(
            "the policy defines no subset '" + ref.subset() + "'", "define it");
      }
      if (subsets.filterOf(subset.get()).isEmpty()) {
        return new Place.Unknown("the subset '" + ref.subset() + "' cannot be told apart", "");
      }
    }
    return at(service.name(), service.export(), ref);
  }

  private Place findOther(ServiceKey other, BackendRef ref) {
    var name = Optional.ofNullable(service.names().get(other));
    if (name.isEmpty()) {
      return new Place.Unknown("the target has no import of " + other, "export it");
    }
    var export = Optional.ofNullable(service.others().get(other));
    if (export.isEmpty()) {
      return new Place.Unknown(
          "Consul takes it only if "
              + name.get()
              + " speaks the same protocol, which is not known here",
          "translate both services together");
    }
    if (!ref.subset().isEmpty() && !hasSubset(export.get().traffic(), ref.subset())) {
      return new Place.Unknown(
          name.get() + " has no subset '" + ref.subset() + "' that can be told apart", "");
    }
    return at(name.get(), export.get(), ref);
  }

  private static boolean hasSubset(TrafficPolicy policy, String name) {
    return policy
        .subset(name)
        .filter(subset -> SubsetMeta.of(policy).filterOf(subset).isPresent())
        .isPresent();
  }

  private Place at(String importName, Export export, BackendRef ref) {
    var names = PortNames.of(importName, export.ports());
    var there =
        PortNames.find(export.ports(), ref.port(), port.number()).filter(names::containsKey);
    if (there.isEmpty()) {
      return new Place.Unknown(
          importName + " has no port " + ref.port().orElse(port.number()), "name one that it has");
    }
    if (there.get().protocol() != port.protocol()) {
      return new Place.Unknown(
          "it speaks "
              + there.get().protocol().name().toLowerCase(Locale.ROOT)
              + ", but Consul routes only among services of one protocol",
          "");
    }
    return new Place.Known(names.getOrDefault(there.get(), importName), ref.subset());
  }
}
