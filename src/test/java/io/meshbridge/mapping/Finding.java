package io.meshbridge.mapping;

import io.meshbridge.mapping.Journey.Arrival;
import io.meshbridge.model.Loss;
import java.util.Comparator;
import java.util.List;

/**
 * What was measured of one leaf on the way to another make of mesh.
 *
 * @param kind the kind of object that it stands in
 * @param fate what became of it
 * @param reason why it is not kept; empty if it is
 * @param advice what its owner can do; may be empty
 */
record Finding(PolicyKind kind, Leaf leaf, Fate fate, String reason, String advice) {

  /** Compares what came of a sample with its leaf and without. */
  static Finding of(PolicyKind kind, Sample sample, Arrival with, Arrival without) {
    var told = toldOf(sample, with);
    if (!told.isEmpty()) {
      var worst = told.getFirst();
      return new Finding(
          kind, sample.leaf(), Fate.of(worst.outcome()), worst.reason(), worst.advice());
    }
    boolean matters = !with.output().equals(without.output()) || isToldOnlyWithout(with, without);
    return new Finding(kind, sample.leaf(), matters ? Fate.KEPT : Fate.SILENT, "", "");
  }

  /** Whether something is lost without the leaf that is not lost with it. */
  private static boolean isToldOnlyWithout(Arrival with, Arrival without) {
    return without.losses().stream()
        .filter(loss -> loss.location().file().equals(Sample.FILE))
        .anyMatch(loss -> !with.losses().contains(loss));
  }

  /** Whether the same is said of another leaf. */
  boolean isLike(Finding other) {
    return fate == other.fate && reason.equals(other.reason) && advice.equals(other.advice);
  }

  /** The losses at the leaf's path, the worst first. */
  private static List<Loss> toldOf(Sample sample, Arrival arrival) {
    return arrival.losses().stream()
        .filter(loss -> loss.location().file().equals(Sample.FILE))
        .filter(loss -> sample.isAt(loss.path()))
        .sorted(Comparator.comparing(Loss::outcome).reversed())
        .toList();
  }
}
