package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the mesh's objects say of a service's traffic.
 *
 * @param losses what reading could not keep
 * @param faults what is wrong with the objects
 * @param objects the references of all objects that it was read from
 */
public record TrafficReading(
    TrafficPolicy policy, List<Loss> losses, List<Diagnostic> faults, Set<String> objects) {
  /** Nobody says anything. */
  public static final TrafficReading NONE =
      new TrafficReading(TrafficPolicy.NONE, List.of(), List.of(), Set.of());

  /** Copies. */
  public TrafficReading {
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
    objects = Set.copyOf(objects);
  }

  /** The labels by which subsets tell endpoints apart. */
  public SortedSet<String> labelKeys() {
    var keys = new TreeSet<String>();
    policy.subsets().forEach(subset -> keys.addAll(subset.labels().keySet()));
    return keys;
  }

  /** The first fault that leaves the policy's meaning open. */
  public Optional<Diagnostic> firstError() {
    return faults.stream().filter(fault -> fault.severity() == Severity.ERROR).findFirst();
  }
}
