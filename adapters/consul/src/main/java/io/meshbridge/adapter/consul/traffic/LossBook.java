package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import java.util.LinkedHashSet;
import java.util.List;

/** What writing one import's policy loses; what holds for all of its ports is said once. */
final class LossBook {
  private final Location location;
  private final LinkedHashSet<Loss> losses = new LinkedHashSet<>();

  LossBook(Location location) {
    this.location = location;
  }

  void drop(String path, String reason) {
    drop(path, reason, "");
  }

  void drop(String path, String reason, String advice) {
    losses.add(new Loss(location, path, Outcome.DROPPED, reason, advice));
  }

  /** The server is too old to be told. */
  void drop(String path, Feature missing) {
    drop(path, "the server is not known to be " + missing.since() + " or newer", "upgrade it");
  }

  void approximate(String path, String reason) {
    losses.add(new Loss(location, path, Outcome.APPROXIMATED, reason, ""));
  }

  void refuse(String path, String reason) {
    losses.add(new Loss(location, path, Outcome.REFUSED, reason, ""));
  }

  List<Loss> losses() {
    return List.copyOf(losses);
  }
}
