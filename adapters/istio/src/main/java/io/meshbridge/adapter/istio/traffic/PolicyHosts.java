package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.KubeObject;
import java.util.List;

/** The hosts that an object of policy takes for itself. */
public final class PolicyHosts {
  private PolicyHosts() {}

  /** Those whose callers in the mesh a VirtualService routes; none if it is for gateways alone. */
  public static List<String> ofVirtualService(KubeObject object, HostNames names) {
    var facts = VirtualServiceFacts.of(object, names);
    return facts.forMesh() ? facts.hosts() : List.of();
  }

  /** That of a DestinationRule. */
  public static List<String> ofDestinationRule(KubeObject object, HostNames names) {
    var host = DestinationRuleFacts.of(object, names).host();
    return host.isEmpty() ? List.of() : List.of(host);
  }
}
