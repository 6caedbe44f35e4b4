package io.meshbridge.guard;

import io.meshbridge.model.MeshId;
import java.time.Instant;
import java.util.Optional;

/** What operators have said of services that are to go. Safe for any thread. */
public interface Confirmations {
  /** Nobody has said anything. */
  Confirmations NONE =
      new Confirmations() {
        @Override
        public Optional<Instant> ofWithdrawals(MeshId origin) {
          return Optional.empty();
        }

        @Override
        public Optional<Instant> ofRemovals(MeshId origin, MeshId target) {
          return Optional.empty();
        }
      };

  /** When it was last confirmed that services of a mesh go, everywhere. */
  Optional<Instant> ofWithdrawals(MeshId origin);

  /** When it was last confirmed that services of a mesh go from that target, or everywhere. */
  Optional<Instant> ofRemovals(MeshId origin, MeshId target);
}
