package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.List;

/**
 * How much a gateway asks of the services behind it: elsewhere that is said with each service, for
 * all who call it.
 */
final class GatewayLimits {
  private static final List<String> FIELDS =
      List.of(
          "MaxConnections", "MaxPendingRequests", "MaxConcurrentRequests", "PassiveHealthCheck");

  private GatewayLimits() {}

  static void drop(TracedFields fields) {
    for (String field : FIELDS) {
      if (fields.isNumber(field) && fields.text(field).orElse("").equals("0")) {
        // The server writes out what is not limited.
        continue;
      }
      fields.drop(
          field,
          "it holds for this gateway's own calls alone; other meshes know such limits with a"
              + " service, for all who call it",
          "");
    }
  }
}
