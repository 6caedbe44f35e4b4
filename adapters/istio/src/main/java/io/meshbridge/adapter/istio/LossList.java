package io.meshbridge.adapter.istio;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import java.util.ArrayList;
import java.util.List;

/** Collects what is lost while one import is shaped. */
final class LossList {
  private final Location location;
  private final List<Loss> losses = new ArrayList<>();

  LossList(Import service) {
    this.location = Location.of("Export " + service.service());
  }

  void approximated(String path, String reason) {
    losses.add(new Loss(location, path, Loss.Outcome.APPROXIMATED, reason, ""));
  }

  void dropped(String path, String reason) {
    losses.add(new Loss(location, path, Loss.Outcome.DROPPED, reason, ""));
  }

  void refused(String path, String reason, String advice) {
    losses.add(new Loss(location, path, Loss.Outcome.REFUSED, reason, advice));
  }

  List<Loss> all() {
    return List.copyOf(losses);
  }
}
