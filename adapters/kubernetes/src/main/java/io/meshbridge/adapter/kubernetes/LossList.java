package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Reachability;
import java.util.ArrayList;
import java.util.List;

/** Collects what is lost while one import is shaped. */
public final class LossList {
  private final Location location;
  private final List<Loss> losses = new ArrayList<>();

  /** Nothing is lost yet. */
  public LossList(Import service) {
    this.location = Location.of("Export " + service.service());
  }

  /** Said in other words. */
  public void approximated(String path, String reason) {
    approximated(path, reason, "");
  }

  /** Said in other words, and what its owner can do. */
  public void approximated(String path, String reason, String advice) {
    losses.add(new Loss(location, path, Loss.Outcome.APPROXIMATED, reason, advice));
  }

  /** Not said. */
  public void dropped(String path, String reason) {
    dropped(path, reason, "");
  }

  /** Not said, and what its owner can do. */
  public void dropped(String path, String reason, String advice) {
    losses.add(new Loss(location, path, Loss.Outcome.DROPPED, reason, advice));
  }

  /** Wrong without it, so that nothing may be written. */
  public void refused(String path, String reason, String advice) {
    losses.add(new Loss(location, path, Loss.Outcome.REFUSED, reason, advice));
  }

  /**
   * Refuses a service that can only be called with an identity of its mesh, as plain addresses
   * cannot.
   */
  public void refuseIfGuarded(Import service) {
    var access = service.export().access();
    if (access.reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      refused(
          "access.reachability",
          "the origin admits only callers with an identity of its mesh: " + access.reason(),
          "let its owner mark it meshbridge.io/address: direct, or use a gateway");
    }
  }

  /** Whether something is wrong enough that nothing may be written. */
  public boolean isRefused() {
    return losses.stream().anyMatch(loss -> loss.outcome() == Loss.Outcome.REFUSED);
  }

  /** All that was lost, in the order in which it was found. */
  public List<Loss> all() {
    return List.copyOf(losses);
  }
}
