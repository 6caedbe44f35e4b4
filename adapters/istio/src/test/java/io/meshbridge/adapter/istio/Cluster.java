package io.meshbridge.adapter.istio;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in one line each what tests arrange in a cluster. */
record Cluster(KubernetesTestApi api) {
  static final MeshDescriptor MESH = new MeshDescriptor(new MeshId("here"), "istio", "", "", "");
  static final ResourceDefinitionContext ENTRY =
      context("networking.istio.io", "ServiceEntry", "serviceentries");
  static final ResourceDefinitionContext ROUTE =
      context("networking.istio.io", "VirtualService", "virtualservices");
  static final ResourceDefinitionContext RULE =
      context("networking.istio.io", "DestinationRule", "destinationrules");
  static final ResourceDefinitionContext GATEWAY =
      context("networking.istio.io", "Gateway", "gateways");
  static final ResourceDefinitionContext API_GATEWAY =
      context("gateway.networking.k8s.io", "Gateway", "gateways");
  static final ResourceDefinitionContext HTTP_ROUTE =
      context("gateway.networking.k8s.io", "HTTPRoute", "httproutes");
  static final ResourceDefinitionContext POLICY =
      context("security.istio.io", "PeerAuthentication", "peerauthentications");

  MeshConnection connect(String... settings) {
    var configured = new HashMap<String, String>();
    configured.put("kubeconfig", api.kubeconfig().toString());
    for (int i = 0; i < settings.length; i += 2) {
      configured.put(settings[i], settings[i + 1]);
    }
    var adapter = new IstioAdapter();
    return adapter.connect(
        Settings.check(adapter.settings(), configured),
        new ConnectionContext("shops", MESH, Clock.systemUTC()));
  }

  void service(String namespace, String name, boolean exported) {
    api.namespace(namespace);
    var labels = exported ? Map.of("meshbridge.io/export", "true") : Map.of("tier", "web");
    api.client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", name))
                .addNewPort()
                .withName("http-web")
                .withPort(80)
                .withNewTargetPort(8080)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build())
        .createOr(existing -> existing.update());
  }

  void slice(String namespace, String service, String... addresses) {
    api.client()
        .resource(
            new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(service + "-1")
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http-web")
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .withEndpoints(
                    List.of(addresses).stream()
                        .map(
                            address ->
                                new io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder()
                                    .withAddresses(address)
                                    .withNewConditions()
                                    .withReady(true)
                                    .endConditions()
                                    .build())
                        .toList())
                .build())
        .createOr(existing -> existing.update());
  }

  void unexport(String namespace, String name) {
    api.client()
        .services()
        .inNamespace(namespace)
        .withName(name)
        .edit(s -> new ServiceBuilder(s).editMetadata().withLabels(Map.of()).endMetadata().build());
  }

  void entry(String namespace, String name, Map<String, Object> spec, Map<String, String> labels) {
    create(ENTRY, "networking.istio.io/v1", namespace, name, spec, labels);
  }

  void policy(String namespace, String name, Map<String, Object> spec) {
    create(POLICY, "security.istio.io/v1", namespace, name, spec, Map.of());
  }

  void route(String namespace, String name, Map<String, Object> spec) {
    create(ROUTE, "networking.istio.io/v1", namespace, name, spec, Map.of());
  }

  void rule(String namespace, String name, Map<String, Object> spec) {
    create(RULE, "networking.istio.io/v1", namespace, name, spec, Map.of());
  }

  void gateway(
      String namespace, String name, Map<String, Object> spec, Map<String, String> labels) {
    create(GATEWAY, "networking.istio.io/v1", namespace, name, spec, labels);
  }

  void apiGateway(
      String namespace, String name, Map<String, Object> spec, Map<String, String> labels) {
    create(API_GATEWAY, "gateway.networking.k8s.io/v1", namespace, name, spec, labels);
  }

  void httpRoute(String namespace, String name, Map<String, Object> spec) {
    create(HTTP_ROUTE, "gateway.networking.k8s.io/v1", namespace, name, spec, Map.of());
  }

  List<GenericKubernetesResource> entries(String namespace) {
    return all(ENTRY, namespace);
  }

  List<GenericKubernetesResource> all(ResourceDefinitionContext type, String namespace) {
    return api.client().genericKubernetesResources(type).inNamespace(namespace).list().getItems();
  }

  void delete(ResourceDefinitionContext type, String namespace, String name) {
    api.client().genericKubernetesResources(type).inNamespace(namespace).withName(name).delete();
  }

  private void create(
      ResourceDefinitionContext type,
      String apiVersion,
      String namespace,
      String name,
      Map<String, Object> spec,
      Map<String, String> labels) {
    api.namespace(namespace);
    var object = new GenericKubernetesResource();
    object.setApiVersion(apiVersion);
    object.setKind(type.getKind());
    object.setMetadata(
        new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withLabels(labels)
            .build());
    object.setAdditionalProperty("spec", spec);
    api.client().genericKubernetesResources(type).inNamespace(namespace).resource(object).create();
  }

  private static ResourceDefinitionContext context(String group, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
