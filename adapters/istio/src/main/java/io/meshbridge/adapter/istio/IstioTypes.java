package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** Istio's own kinds, in the versions in which the bridge speaks of them. */
final class IstioTypes {
  static final ResourceType SERVICE_ENTRY =
      new ResourceType("networking.istio.io", "v1", "ServiceEntry", "serviceentries", true);
  static final ResourceType VIRTUAL_SERVICE =
      new ResourceType("networking.istio.io", "v1", "VirtualService", "virtualservices", true);
  static final ResourceType DESTINATION_RULE =
      new ResourceType("networking.istio.io", "v1", "DestinationRule", "destinationrules", true);
  static final ResourceType GATEWAY =
      new ResourceType("networking.istio.io", "v1", "Gateway", "gateways", true);
  static final ResourceType PEER_AUTHENTICATION =
      new ResourceType(
          "security.istio.io", "v1", "PeerAuthentication", "peerauthentications", true);

  private IstioTypes() {}

  /** All objects of a kind of Istio's, in each version in which it is served, the newest first. */
  static List<ResourceQuery> inVersions(ResourceType type) {
    return Stream.of("v1", "v1beta1", "v1alpha3")
        .map(version -> ResourceQuery.all(type.inVersion(version)))
        .toList();
  }

  /** What runs the control plane. */
  static ResourceQuery istiod(String rootNamespace) {
    return new ResourceQuery(ResourceType.DEPLOYMENT, rootNamespace, "app=istiod", "");
  }
}
