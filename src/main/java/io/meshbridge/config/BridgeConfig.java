package io.meshbridge.config;

import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.Damping;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that a bridge is told, checked.
 *
 * @param federation the federation's id, a DNS label
 * @param bridgeId the name of this process in heartbeats
 * @param heartbeatInterval how often a mesh gives a sign of life
 * @param heartbeatStaleAfter for how long it may be silent before its imports are stale
 * @param parallelism how many imports are written at once into one mesh, 1 or more
 * @param initialBackoff the pause before a failed write is tried again for the first time
 * @param maxBackoff the longest such pause
 * @param damping of imports that change again and again
 * @param rewritesPerSecond how many imports may be rewritten although nothing was heard of them
 * @param repairInterval how often every import is compared again with its target
 * @param guard how many services may go before they are held
 * @param automaticMembership whether a mesh that is served makes itself a member
 * @param createTopics whether topics that are missing are created
 * @param replicationFactor of topics that are created; -1 for the broker's own default
 * @param kafka the properties for Kafka clients, without the prefix {@code kafka.}; holds at least
 *     {@code bootstrap.servers}
 * @param nameTemplates the template of an import's name, by kind of the target
 * @param meshes the meshes that this process serves, sorted by id
 */
public record BridgeConfig(
    String federation,
    String bridgeId,
    Duration heartbeatInterval,
    Duration heartbeatStaleAfter,
    int parallelism,
    Duration initialBackoff,
    Duration maxBackoff,
    Damping damping,
    int rewritesPerSecond,
    Duration repairInterval,
    GuardSettings guard,
    boolean automaticMembership,
    boolean createTopics,
    int replicationFactor,
    Map<String, Object> kafka,
    Map<String, String> nameTemplates,
    List<MeshConfig> meshes) {
  /** Copies. */
  public BridgeConfig {
    kafka = Map.copyOf(kafka);
    nameTemplates = Map.copyOf(nameTemplates);
    meshes = List.copyOf(meshes);
  }

  /** Without the Kafka properties, since passwords are among them. */
  @Override
  public String toString() {
    return "BridgeConfig[federation="
        + federation
        + ", bridgeId="
        + bridgeId
        + ", meshes="
        + meshes.stream().map(mesh -> mesh.mesh().id().value()).toList()
        + "]";
  }
}
