package io.meshbridge.adapter.linkerd;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Telling;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Says in one line each what tests arrange in a cluster. */
record Cluster(KubernetesTestApi api) {
  static final MeshDescriptor MESH = new MeshDescriptor(new MeshId("here"), "linkerd", "", "", "");
  static final Map<String, String> EXPORTED = Map.of("meshbridge.io/export", "true");
  static final HostLookup NO_HOSTS = host -> new HostLookup.Result.Failed("no name server");

  MeshConnection connect(String... settings) {
    return connect(NO_HOSTS, settings);
  }

  MeshConnection connect(HostLookup hosts, String... settings) {
    return connectTo("shops", hosts, settings);
  }

  MeshConnection connectTo(String federation, HostLookup hosts, String... settings) {
    var configured = new HashMap<String, String>();
    configured.put("kubeconfig", api.kubeconfig().toString());
    for (int i = 0; i < settings.length; i += 2) {
      configured.put(settings[i], settings[i + 1]);
    }
    var checked = Settings.check(new LinkerdAdapter().settings(), configured);
    return new LinkerdConnection(
        new KubernetesAccess(checked),
        LinkerdSettings.of(checked),
        Telling.of(checked),
        new ConnectionContext(federation, MESH, Clock.systemUTC()),
        new Random(7),
        System::nanoTime,
        hosts);
  }

  void service(String namespace, String name, Map<String, String> labels) {
    api.namespace(namespace);
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
                .withName("http")
                .withPort(80)
                .withNewTargetPort(8080)
                .withProtocol("TCP")
                .withAppProtocol("http")
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
                .withName("http")
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .withEndpoints(
                    Stream.of(addresses)
                        .map(address -> new EndpointBuilder().withAddresses(address).build())
                        .toList())
                .build())
        .createOr(existing -> existing.update());
  }

  void server(String namespace, String name, Map<String, Object> spec) {
    create("Server", "servers", "v1beta3", namespace, name, spec, Map.of());
  }

  void egressNetwork(String namespace, String name) {
    create(
        "EgressNetwork",
        "egressnetworks",
        "v1alpha1",
        namespace,
        name,
        Map.of("trafficPolicy", "Allow"),
        EXPORTED);
  }

  void config(String values) {
    configMap("linkerd-config", "values", values);
  }

  void trustRoots(String bundle) {
    configMap("linkerd-identity-trust-roots", "ca-bundle.crt", bundle);
  }

  private void configMap(String name, String key, String value) {
    api.namespace("linkerd");
    api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("linkerd")
                .withName(name)
                .endMetadata()
                .withData(Map.of(key, value))
                .build())
        .createOr(existing -> existing.update());
  }

  void annotateNamespace(String namespace, Map<String, String> annotations) {
    api.namespace(namespace);
    api.client()
        .namespaces()
        .withName(namespace)
        .edit(
            n ->
                new NamespaceBuilder(n)
                    .editMetadata()
                    .withAnnotations(annotations)
                    .endMetadata()
                    .build());
  }

  Service live(String namespace, String name) {
    return api.client().services().inNamespace(namespace).withName(name).get();
  }

  /** The slices of a Service, in the order of their names. */
  List<EndpointSlice> slices(String namespace, String service) {
    return api
        .client()
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(namespace)
        .withLabel("kubernetes.io/service-name", service)
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(slice -> slice.getMetadata().getName()))
        .toList();
  }

  List<String> addresses(String namespace, String service) {
    return slices(namespace, service).stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .sorted()
        .toList();
  }

  void create(
      String kind,
      String plural,
      String version,
      String namespace,
      String name,
      Map<String, Object> spec,
      Map<String, String> labels) {
    api.namespace(namespace);
    var object = new GenericKubernetesResource();
    object.setApiVersion("policy.linkerd.io/" + version);
    object.setKind(kind);
    object.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(name).withLabels(labels).build());
    object.setAdditionalProperty("spec", spec);
    api.client()
        .genericKubernetesResources(context(kind, plural, version))
        .inNamespace(namespace)
        .resource(object)
        .create();
  }

  void deleteServer(String namespace, String name) {
    api.client()
        .genericKubernetesResources(context("Server", "servers", "v1beta3"))
        .inNamespace(namespace)
        .withName(name)
        .delete();
  }

  private static ResourceDefinitionContext context(String kind, String plural, String version) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("policy.linkerd.io")
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
