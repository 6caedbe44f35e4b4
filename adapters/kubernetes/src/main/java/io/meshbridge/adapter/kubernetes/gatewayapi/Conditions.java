package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.Sources;
import java.util.List;

/** What a route asks of every request, whatever its rules say. */
interface Conditions {
  /**
   * The match under all of these conditions.
   *
   * @param sources where its fields were declared, relative to it
   * @param grpc whether it stands in a GRPCRoute
   */
  List<RuleDraft.Ranked> on(HttpMatch match, Sources sources, boolean grpc);
}
