package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.spi.reading.TracedFields;

/**
 * Tells what holds for the mesh's own callers from what holds for those of gateways. Callers of
 * other meshes are treated as the mesh's own.
 */
final class MeshGateway {
  private static final String ELSEWHERE =
      "holds for what comes in through a gateway, not for callers of the mesh";

  private MeshGateway() {}

  /** Whether a VirtualService, or a match of it, holds for the mesh's own callers. */
  static boolean holds(TracedFields fields) {
    var gateways = fields.texts("gateways");
    boolean holds = gateways.isEmpty() || gateways.contains(VirtualServiceFacts.MESH);
    for (int i = 0; i < gateways.size(); i++) {
      if (!gateways.get(i).equals(VirtualServiceFacts.MESH)) {
        fields
            .trace()
            .lose(fields.pathOf("gateways") + "[" + i + "]", Outcome.DROPPED, ELSEWHERE, "");
      }
    }
    return holds;
  }

  /** Loses all fields of something that does not count, but for the gateways themselves. */
  static void dropRest(TracedFields fields, String reason, String advice) {
    fields.names().stream()
        .filter(name -> !name.equals("gateways"))
        .forEach(name -> fields.drop(name, reason, advice));
  }
}
