package io.meshbridge.importing;

import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.status.Placement;
import java.time.Instant;
import java.util.List;

/** What shall become of one service in one target. */
public sealed interface Decision {
  /**
   * Whether nothing may put it off that counts or waits: it would be unsafe (rule 9), or operators
   * have said so themselves.
   */
  default boolean isUrgent() {
    return switch (this) {
      case Refuse refuse -> refuse.unsafe();
      case Remove remove -> remove.ordered();
      case Apply ignored -> false;
      case Keep ignored -> false;
    };
  }

  /** What it is called where it is told of. */
  default String word() {
    return switch (this) {
      case Apply ignored -> "apply";
      case Remove ignored -> "remove";
      case Refuse ignored -> "refuse";
      case Keep ignored -> "keep";
    };
  }

  /**
   * The target shall hold it.
   *
   * @param observedAt when its source saw the newest of it
   * @param staleReason why it may be old; empty if it is current
   * @param placements on which hop each part of its policy is enforced
   * @param losses what reading and deciding could not keep
   */
  record Apply(
      Import service,
      Instant observedAt,
      String staleReason,
      List<Placement> placements,
      List<Loss> losses)
      implements Decision {
    /**
     * Whether requests to it can be answered: any of its endpoints takes traffic. Nobody calls a
     * gateway by its endpoints.
     */
    boolean serves() {
      return service.export().ingress().isPresent()
          || service.endpoints().endpoints().stream().anyMatch(e -> e.health().takesTraffic());
    }
  }

  /**
   * The target shall not hold it (any more).
   *
   * @param ordered whether operators have said so themselves, so that no guard asks them again
   */
  record Remove(String cause, boolean ordered) implements Decision {
    /** Nobody has said so but the meshes. */
    public Remove(String cause) {
      this(cause, false);
    }
  }

  /**
   * It would be wrong or unsafe in the target: what stands is removed, and the owner is told.
   *
   * @param unsafe whether it must not stay for another moment, neither held nor paused (rule 9)
   */
  record Refuse(Loss loss, boolean unsafe) implements Decision {}

  /** Nobody knows: what stands in the target stays as it is. */
  record Keep(String reason) implements Decision {}
}
