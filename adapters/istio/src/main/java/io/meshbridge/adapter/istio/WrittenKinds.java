package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.HostNames;
import io.meshbridge.adapter.istio.traffic.PolicyHosts;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnedFields;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.WrittenKind;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

/** The kinds that the sink writes. But for Gateways, each claims its hosts in the whole cluster. */
final class WrittenKinds {
  // Imports have whole names, so how short ones are spelled out does not matter.
  private static final HostNames NAMES = new HostNames(IstioSettings.DEFAULT_CLUSTER_DOMAIN);

  static final WrittenKind ENTRIES =
      kind(
          IstioTypes.SERVICE_ENTRY,
          Set.of("spec.ports"),
          entry -> entry.fields(Problems.NONE).object("spec").textList("hosts"));
  static final WrittenKind RULES =
      kind(
          IstioTypes.DESTINATION_RULE,
          Set.of(),
          rule -> PolicyHosts.ofDestinationRule(rule, NAMES));
  static final WrittenKind ROUTES =
      kind(
          IstioTypes.VIRTUAL_SERVICE,
          Set.of(),
          route -> PolicyHosts.ofVirtualService(route, NAMES));
  // Several Gateways may be for one host: their pods, or istiod, settle that.
  static final WrittenKind GATEWAYS = kind(IstioTypes.GATEWAY, Set.of(), gateway -> Set.of());

  private WrittenKinds() {}

  private static WrittenKind kind(
      ResourceType type, Set<String> keyedLists, Function<KubeObject, Collection<String>> claims) {
    return new WrittenKind(
        type,
        ResourceQuery.all(type),
        new OwnedFields(keyedLists),
        claims,
        "the API server does not know "
            + type.kind()
            + "s of networking.istio.io/v1; install Istio's custom resource definitions (Istio 1.22"
            + " or newer)");
  }
}
