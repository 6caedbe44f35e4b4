package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** Linkerd's own kinds and words. */
final class LinkerdTypes {
  static final ResourceType SERVER =
      new ResourceType("policy.linkerd.io", "v1beta3", "Server", "servers", true);
  static final ResourceType EGRESS_NETWORK =
      new ResourceType("policy.linkerd.io", "v1alpha1", "EgressNetwork", "egressnetworks", true);

  static final ResourceType SERVICE_PROFILE =
      new ResourceType("linkerd.io", "v1alpha2", "ServiceProfile", "serviceprofiles", true);
  static final ResourceType TRAFFIC_SPLIT =
      new ResourceType("split.smi-spec.io", "v1alpha4", "TrafficSplit", "trafficsplits", true);

  /** Routes of Linkerd's own group, which older meshes use. */
  static final ResourceType OWN_ROUTE =
      new ResourceType("policy.linkerd.io", "v1beta3", "HTTPRoute", "httproutes", true);

  /** The ConfigMap in which Linkerd keeps how it was installed. */
  static final String CONFIG = "linkerd-config";

  /** The ConfigMap in which Linkerd publishes its trust anchors. */
  static final String TRUST_ROOTS = "linkerd-identity-trust-roots";

  /** On Services and Namespaces: ports that are passed on unopened. */
  static final String OPAQUE_PORTS = "config.linkerd.io/opaque-ports";

  /** On Namespaces: who may call pods whose port no Server names. */
  static final String DEFAULT_INBOUND_POLICY = "config.linkerd.io/default-inbound-policy";

  /** On slices: the name by which the endpoints' own mesh calls the service. */
  static final String REMOTE_NAME = "mirror.linkerd.io/remote-svc-fq-name";

  /** Linkerd's own mark of a Service that its mirrors take. */
  static final String LINKERD_EXPORTED = "mirror.linkerd.io/exported";

  private LinkerdTypes() {}

  /** All Servers, in each version in which Linkerd ever served them. */
  static List<ResourceQuery> servers() {
    return all(SERVER, "v1beta2", "v1beta1", "v1alpha1");
  }

  /** All routes of Linkerd's own group. */
  static List<ResourceQuery> ownRoutes() {
    return all(OWN_ROUTE, "v1beta2", "v1beta1", "v1alpha1");
  }

  /** All ServiceProfiles. */
  static List<ResourceQuery> serviceProfiles() {
    return all(SERVICE_PROFILE, "v1alpha1");
  }

  /** All TrafficSplits. */
  static List<ResourceQuery> trafficSplits() {
    return all(TRAFFIC_SPLIT, "v1alpha3", "v1alpha2", "v1alpha1");
  }

  /** Who may call, and what the policies that say so need: each kind in its versions. */
  static List<List<ResourceQuery>> authorizations() {
    return Stream.of(
            policy("AuthorizationPolicy", "authorizationpolicies"),
            policy("MeshTLSAuthentication", "meshtlsauthentications"),
            policy("NetworkAuthentication", "networkauthentications"))
        .map(type -> List.of(ResourceQuery.all(type)))
        .toList();
  }

  private static ResourceType policy(String kind, String plural) {
    return new ResourceType("policy.linkerd.io", "v1alpha1", kind, plural, true);
  }

  private static List<ResourceQuery> all(ResourceType type, String... olderVersions) {
    var newest = ResourceQuery.all(type);
    return Stream.concat(Stream.of(newest), Stream.of(olderVersions).map(newest::inVersion))
        .toList();
  }
}
