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
 * @param losses what the target's words could not say
 */
public record ImportStatus(
    MeshId target,
    ServiceKey service,
    String name,
    ImportState state,
    Instant since,
    long latencyMs,
    String reason,
    List<Loss> losses) {
  /** Copies. */
  public ImportStatus {
    losses = List.copyOf(losses);
  }

  /** Whether both say the same, whenever and however fast they came about. */
  public boolean saysTheSameAs(ImportStatus other) {
    return state == other.state
        && name.equals(other.name)
        && reason.equals(other.reason)
        && losses.equals(other.losses);
  }
}
