package io.meshbridge.orders;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Optional;

/** What operators have ordered and not lifted. Safe for any thread. */
public interface StandingOrders {
  /** None. */
  StandingOrders NONE =
      new StandingOrders() {
        @Override
        public Optional<SignedOrder> pause(MeshId target, ServiceKey service) {
          return Optional.empty();
        }

        @Override
        public Optional<SignedOrder> leave(MeshId mesh) {
          return Optional.empty();
        }
      };

  /** Who paused an import in a target, and why; empty if nobody did. */
  Optional<SignedOrder> pause(MeshId target, ServiceKey service);

  /** Who lets a mesh leave, and why; empty if nobody does. */
  Optional<SignedOrder> leave(MeshId mesh);
}
