package io.meshbridge.importing;

import io.meshbridge.model.Export;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.status.Placement;
import io.meshbridge.status.Placement.Hop;
import java.util.ArrayList;
import java.util.List;

/** Decides on which hop each part of a policy is enforced. Pure. */
final class Placing {
  private static final String DIRECT =
      "callers reach the endpoints themselves, so no other hop would do it";

  private static final String GATEWAY =
      "requests come in at the gateway, which alone knows its rules";

  private Placing() {}

  /** Of a gateway everything is enforced where requests come in. */
  static List<Placement> of(Export export) {
    var placements = direct(export.traffic());
    if (export.ingress().isEmpty()) {
      return placements;
    }
    var atGateway = new ArrayList<Placement>();
    atGateway.add(new Placement(Ingress.FIELD, Hop.BOUNDARY, GATEWAY));
    placements.forEach(each -> atGateway.add(new Placement(each.part(), Hop.BOUNDARY, GATEWAY)));
    return List.copyOf(atGateway);
  }

  /**
   * For an import that points at the origin's endpoints: routing is the caller's part in every
   * mesh, and between the caller and the endpoint there is nobody else who knows the rules.
   */
  private static List<Placement> direct(TrafficPolicy policy) {
    var placements = new ArrayList<Placement>();
    for (int i = 0; i < policy.http().size(); i++) {
      placements.add(atClient("http[" + i + "]"));
    }
    for (int i = 0; i < policy.l4().size(); i++) {
      placements.add(atClient("l4[" + i + "]"));
    }
    policy.subsets().stream()
        .filter(subset -> !subset.policy().isDefault())
        .forEach(subset -> placements.add(atClient("subsets[" + subset.name() + "].policy")));
    if (!policy.destination().isDefault()) {
      placements.add(atClient("destination"));
    }
    policy.ports().keySet().forEach(port -> placements.add(atClient("ports[" + port + "]")));
    return List.copyOf(placements);
  }

  private static Placement atClient(String part) {
    return new Placement(TrafficPolicy.FIELD + "." + part, Hop.CLIENT, DIRECT);
  }
}
