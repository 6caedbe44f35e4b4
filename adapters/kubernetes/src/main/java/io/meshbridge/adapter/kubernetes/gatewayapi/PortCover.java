package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ServiceFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Which ports of a Service have rules. */
final class PortCover {
  private final RouteTarget target;
  private final Set<OptionalInt> covered = new HashSet<>();

  PortCover(RouteTarget target) {
    this.target = target;
  }

  /** Counts a port as covered; an empty one stands for all. */
  void add(OptionalInt port) {
    covered.add(port);
  }

  Set<OptionalInt> covered() {
    return covered;
  }

  /** The ports that are not covered, each as a condition; an empty one for all. */
  List<OptionalInt> rest() {
    if (covered.contains(OptionalInt.empty())) {
      return List.of();
    }
    if (covered.isEmpty()) {
      return List.of(OptionalInt.empty());
    }
    var rest = new ArrayList<OptionalInt>();
    for (ServiceFacts.Port port : target.ports()) {
      var number = OptionalInt.of(port.number());
      if (!covered.contains(number) && !rest.contains(number)) {
        rest.add(number);
      }
    }
    return rest;
  }
}
