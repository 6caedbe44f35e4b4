package io.meshbridge.exporting;

import io.meshbridge.model.FederationPath;
import io.meshbridge.spi.Offer;
import java.util.Optional;

/** Keeps imports from being exported again. */
final class LoopGuard {
  private LoopGuard() {}

  /**
   * The path under which an offer may be exported.
   *
   * @param transitAllowed whether what came from another mesh may travel on
   * @return empty if it may not be exported
   */
  static Optional<FederationPath> admit(Offer offer, boolean transitAllowed) {
    boolean isAtHome = offer.path().meshes().size() == 1;
    return isAtHome || transitAllowed ? Optional.of(offer.path()) : Optional.empty();
  }
}
