package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the bridge keeps of a Server: for which port of which pods it decides, and what it admits by
 * itself. Whom other policies admit there is not looked at, since they admit callers that the mesh
 * knows, or networks of which we do not know whether callers come from them.
 *
 * @param selectors the pods and external workloads; a Server has one of both
 * @param port a number, or the name of a port of the pods
 * @param accessPolicy the word that stands there; {@code deny} if none does
 */
record ServerPolicy(
    ResourceKey key, List<LabelSelector> selectors, String port, String accessPolicy) {
  private static final int MOST_DIGITS = 5;

  ServerPolicy {
    selectors = List.copyOf(selectors);
  }

  static ServerPolicy of(KubeObject server, Problems problems) {
    var spec = server.fields(problems).object("spec");
    var selectors =
        Stream.of("podSelector", "externalWorkloadSelector")
            .filter(spec::has)
            .map(name -> LabelSelector.of(spec.object(name)))
            .toList();
    var policy = spec.text("accessPolicy");
    return new ServerPolicy(
        server.key(),
        // One that selects nothing we know of may select anything.
        selectors.isEmpty() ? List.of(LabelSelector.of(NOTHING)) : selectors,
        spec.text("port"),
        policy.isEmpty() ? "deny" : policy);
  }

  private static final Fields NOTHING = Fields.of(Map.of(), "", Problems.NONE);

  /** Whether it may decide for some pod that has these labels and others besides. */
  boolean maySelect(Map<String, String> labels) {
    return selectors.stream().anyMatch(selector -> selector.maySelect(labels));
  }

  /**
   * Whether its port may be one of these. A name may stand for any number.
   *
   * @param targets empty if they are not known
   */
  boolean mayDecideFor(Set<Integer> targets) {
    boolean number =
        !port.isEmpty()
            && port.length() <= MOST_DIGITS
            && port.chars().allMatch(Character::isDigit);
    return targets.isEmpty() || !number || targets.contains(Integer.parseInt(port));
  }
}
