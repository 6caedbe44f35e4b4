package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.log.Hold;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which withdrawals a mesh publishes (rule 3): a token that no longer sees its services, or
 * a source that lost its data, looks just like an owner who withdraws them all. All that it counts
 * stands in the topic, so a restart changes nothing. Pure.
 */
final class WithdrawalGuard {
  private final MeshId mesh;
  private final GuardSettings settings;

  WithdrawalGuard(MeshId mesh, GuardSettings settings) {
    this.mesh = mesh;
    this.settings = settings;
  }

  /**
   * What becomes of services that are to go.
   *
   * @param going those whose withdrawal is published
   * @param held those whose withdrawal is held from now on
   * @param hold what is said of these
   */
  record Verdict(Set<ServiceKey> going, Set<ServiceKey> held, Hold hold) {
    static final Verdict NOTHING = new Verdict(Set.of(), Set.of(), new Hold(Instant.EPOCH, ""));
  }

  /**
   * Judges services that the mesh no longer offers. Those that are held already stay so, unless
   * that they go was confirmed.
   *
   * @param leaving exported services that are no longer offered
   * @param confirmedAt when an operator last said that the mesh's services go
   */
  Verdict judge(
      MeshFold published, Set<ServiceKey> leaving, Optional<Instant> confirmedAt, Instant now) {
    var going = new HashSet<ServiceKey>();
    var fresh = new HashSet<ServiceKey>();
    for (ServiceKey service : leaving) {
      var hold = published.holds().get(service);
      if (settings.isConfirmed(confirmedAt, hold == null ? now : hold.since())) {
        going.add(service);
      } else if (hold == null) {
        fresh.add(service);
      }
    }
    int gone = fresh.size();
    int all = 0;
    if (gone > 0) {
      int recent = published.withdrawnBetween(now.minus(settings.window()), Instant.MAX).size();
      gone += recent + published.holds().size();
      all = published.exportCount() + recent;
    }
    if (settings.admits(gone, all)) {
      going.addAll(fresh);
      fresh.clear();
    }
    return new Verdict(going, fresh, new Hold(now, reason(gone, all)));
  }

  private String reason(int gone, int all) {
    return "%d of %d services of %s would be gone within %d s; if that is right: meshbridge confirm %s"
        .formatted(gone, all, mesh, settings.window().toSeconds(), mesh);
  }
}
