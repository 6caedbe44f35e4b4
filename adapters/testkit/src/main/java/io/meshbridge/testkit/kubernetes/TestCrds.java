package io.meshbridge.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresources;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The custom resources that the adapters speak of, as loose as a definition can be. */
final class TestCrds {
  private TestCrds() {}

  static List<CustomResourceDefinition> all() {
    return List.of(
        of("networking.istio.io", "ServiceEntry", "serviceentries", "v1", "v1beta1", "v1alpha3"),
        of("networking.istio.io", "VirtualService", "virtualservices", "v1", "v1beta1", "v1alpha3"),
        of("networking.istio.io", "Gateway", "gateways", "v1", "v1beta1", "v1alpha3"),
        of(
            "networking.istio.io",
            "DestinationRule",
            "destinationrules",
            "v1",
            "v1beta1",
            "v1alpha3"),
        of("gateway.networking.k8s.io", "Gateway", "gateways", "v1", "v1beta1"),
        of("gateway.networking.k8s.io", "HTTPRoute", "httproutes", "v1", "v1beta1"),
        of("gateway.networking.k8s.io", "GRPCRoute", "grpcroutes", "v1", "v1alpha2"),
        of("gateway.networking.k8s.io", "TLSRoute", "tlsroutes", "v1", "v1alpha3", "v1alpha2"),
        of("gateway.networking.k8s.io", "TCPRoute", "tcproutes", "v1", "v1alpha2"),
        of("security.istio.io", "PeerAuthentication", "peerauthentications", "v1", "v1beta1"),
        of("policy.linkerd.io", "Server", "servers", "v1beta3", "v1beta2", "v1beta1", "v1alpha1"),
        of(
            "policy.linkerd.io",
            "HTTPRoute",
            "httproutes",
            "v1beta3",
            "v1beta2",
            "v1beta1",
            "v1alpha1"),
        of("linkerd.io", "ServiceProfile", "serviceprofiles", "v1alpha2", "v1alpha1"),
        of(
            "split.smi-spec.io",
            "TrafficSplit",
            "trafficsplits",
            "v1alpha4",
            "v1alpha2",
            "v1alpha1"),
        of("policy.linkerd.io", "EgressNetwork", "egressnetworks", "v1alpha1"),
        withConditions(
            of("multicluster.x-k8s.io", "ServiceExport", "serviceexports", "v1beta1", "v1alpha1")));
  }

  /**
   * A definition.
   *
   * @param stored the version that is stored
   * @param served other versions that are served as well
   */
  static CustomResourceDefinition of(
      String group, String kind, String plural, String stored, String... served) {
    var versions =
        Stream.concat(Stream.of(stored), Stream.of(served))
            .map(version -> version(version, version.equals(stored)))
            .toList();
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(plural + "." + group)
        // The API server asks for proof that a name below k8s.io was agreed on.
        .addToAnnotations("api-approved.kubernetes.io", "unapproved, for tests only")
        .endMetadata()
        .withNewSpec()
        .withGroup(group)
        .withScope("Namespaced")
        .withNewNames()
        .withKind(kind)
        .withListKind(kind + "List")
        .withPlural(plural)
        .withSingular(kind.toLowerCase(Locale.ROOT))
        .endNames()
        .withVersions(versions)
        .endSpec()
        .build();
  }

  /** The same, with a status that is a subresource and whose conditions merge by their type. */
  private static CustomResourceDefinition withConditions(CustomResourceDefinition loose) {
    var conditions =
        new JSONSchemaPropsBuilder()
            .withType("array")
            .withXKubernetesListType("map")
            .withXKubernetesListMapKeys("type")
            .withNewItems()
            .withNewSchema()
            .withType("object")
            .withRequired("type")
            .addToProperties("type", new JSONSchemaPropsBuilder().withType("string").build())
            .withXKubernetesPreserveUnknownFields(true)
            .endSchema()
            .endItems()
            .build();
    var status =
        new JSONSchemaPropsBuilder()
            .withType("object")
            .addToProperties("conditions", conditions)
            .build();
    loose
        .getSpec()
        .getVersions()
        .forEach(
            version -> {
              var subresources = new CustomResourceSubresources();
              subresources.setStatus(new CustomResourceSubresourceStatus());
              version.setSubresources(subresources);
              version.getSchema().getOpenAPIV3Schema().setProperties(Map.of("status", status));
            });
    return loose;
  }

  private static CustomResourceDefinitionVersion version(String name, boolean stored) {
    return new CustomResourceDefinitionVersionBuilder()
        .withName(name)
        .withServed(true)
        .withStorage(stored)
        .withNewSchema()
        .withNewOpenAPIV3Schema()
        .withType("object")
        .withXKubernetesPreserveUnknownFields(true)
        .endOpenAPIV3Schema()
        .endSchema()
        .build();
  }
}
