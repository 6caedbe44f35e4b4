package io.meshbridge.orders;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Optional;

/** Which imports operators have paused. Safe for any thread. */
@FunctionalInterface
public interface Pauses {
  /** None. */
  Pauses NONE = (target, service) -> Optional.empty();

  /** Who paused an import in a target, and why; empty if nobody did. */
  Optional<SignedOrder> of(MeshId target, ServiceKey service);
}
