package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.PeerPolicy.Mode;
import io.meshbridge.model.AccessPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether a service can be called without an identity of the mesh, as Istio composes its
 * PeerAuthentications: mesh, then namespace, then workload; of several at one level the oldest.
 *
 * <p>Pods are not read, only the labels that a Service selects them by. A policy for some of them
 * guards the service as a whole: access may be narrower elsewhere, never wider.
 */
final class PeerPolicies {
  /** No policies: everything takes plain text. */
  static final PeerPolicies NONE = new PeerPolicies(List.of(), "");

  private static final String ANY_PORT = "";

  private final Map<String, List<PeerPolicy>> byNamespace = new HashMap<>();
  private final String rootNamespace;

  PeerPolicies(Collection<PeerPolicy> policies, String rootNamespace) {
    this.rootNamespace = rootNamespace;
    for (PeerPolicy policy : policies) {
      byNamespace.computeIfAbsent(policy.key().namespace(), n -> new ArrayList<>()).add(policy);
    }
    byNamespace.values().forEach(list -> list.sort(PeerPolicy.OLDEST_FIRST));
  }

  /**
   * The access to a service whose pods have at least these labels.
   *
   * @param labels empty if nothing is known of the pods; policies for workloads then do not count
   * @param targets the ports on which the pods answer; empty if not known
   */
  AccessPolicy ofSelected(String namespace, Map<String, String> labels, Set<Integer> targets) {
    if (labels.isEmpty()) {
      return ofInherited(namespace);
    }
    for (PeerPolicy policy : forWorkloads(namespace)) {
      if (policy.selectsAll(labels)) {
        // Younger policies never count for any of these pods, so the search ends here.
        return guard(policy, namespace, targets);
      }
      if (policy.maySelect(labels)) {
        var guarded = guard(policy, namespace, targets);
        if (!guarded.equals(AccessPolicy.OPEN)) {
          return guarded;
        }
      }
    }
    return ofInherited(namespace);
  }

  /** The access to one workload whose labels are all known. */
  AccessPolicy ofWorkload(String namespace, Map<String, String> labels, Set<Integer> targets) {
    return forWorkloads(namespace).stream()
        .filter(policy -> policy.selectsAll(labels))
        .findFirst()
        .map(policy -> guard(policy, namespace, targets))
        .orElseGet(() -> ofInherited(namespace));
  }

  private AccessPolicy ofInherited(String namespace) {
    return inherited(namespace)
        .filter(policy -> policy.mode() == Mode.STRICT)
        .map(policy -> strict(policy, ANY_PORT))
        .orElse(AccessPolicy.OPEN);
  }

  /** The policy that decides where no workload's own does. */
  private Optional<PeerPolicy> inherited(String namespace) {
    return wide(namespace).or(() -> wide(rootNamespace));
  }

  /** The oldest policy for a whole namespace, if it says anything. */
  private Optional<PeerPolicy> wide(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(policy -> policy.selector().isEmpty())
        .findFirst()
        .filter(policy -> policy.mode() != Mode.UNSET);
  }

  private List<PeerPolicy> forWorkloads(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of()).stream()
        .filter(policy -> !policy.selector().isEmpty())
        .toList();
  }

  private AccessPolicy guard(PeerPolicy policy, String namespace, Set<Integer> targets) {
    var above = inherited(namespace);
    var aboveMode = above.map(PeerPolicy::mode).orElse(Mode.PERMISSIVE);
    // Where the ports are not known, each port that the policy names may be one of them.
    var ports = targets.isEmpty() ? policy.ports().keySet() : targets;
    for (int port : ports) {
      if (policy.modeOf(port, aboveMode) == Mode.STRICT) {
        boolean own = policy.ports().getOrDefault(port, Mode.UNSET) != Mode.UNSET;
        return strict(
            own || policy.mode() != Mode.UNSET ? policy : above.orElse(policy),
            own ? " on port " + port : ANY_PORT);
      }
    }
    return targets.isEmpty() && policy.modeElse(aboveMode) == Mode.STRICT
        ? strict(policy.mode() == Mode.UNSET ? above.orElse(policy) : policy, ANY_PORT)
        : AccessPolicy.OPEN;
  }

  private static AccessPolicy strict(PeerPolicy policy, String where) {
    return AccessPolicy.meshIdentityRequired(
        "PeerAuthentication " + policy.key() + " is STRICT" + where);
  }
}
