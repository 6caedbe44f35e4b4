package io.meshbridge.status;

import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.List;

/**
 * What became of one service in one target mesh.
 *
 * @param target the importing mesh
 * @param service the service at its origin
 * @param name what clients in the target call; empty if it has none there yet
 * @param state where it stands
 * @param since when it came to this state
 * @param latencyMs milliseconds from the source's observation of the last change to its application
 *     in the target; -1 if no change was applied yet
 * @param reason why it is in this state; empty where the state says all
 * @param placements on which hop each part of the service's policy is enforced
 * @param losses what the model, the plan and the target's words could not say
 */
public record ImportStatus(
    MeshId target,
    ServiceKey service,
    String name,
    ImportState state,
    Instant since,
    long latencyMs,
    String reason,
    List<Placement> placements,
    List<Loss> losses) {
  /** Copies. */
  public ImportStatus {
    placements = List.copyOf(placements);
    losses = List.copyOf(losses);
  }

  /** Of a service without policy. */
  public ImportStatus(
      MeshId target,
      ServiceKey service,
      String name,
      ImportState state,
      Instant since,
      long latencyMs,
      String reason,
      List<Loss> losses) {
    this(target, service, name, state, since, latencyMs, reason, List.of(), losses);
  }

  /** Whether both say the same, whenever and however fast they came about. */
  public boolean saysTheSameAs(ImportStatus other) {
    return state == other.state
        && name.equals(other.name)
        && reason.equals(other.reason)
        && placements.equals(other.placements)
        && losses.equals(other.losses);
  }
}
