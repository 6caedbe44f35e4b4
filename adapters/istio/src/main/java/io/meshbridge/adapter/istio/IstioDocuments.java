package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ClusterDocuments;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads all that an Istio mesh says of its services, once. */
final class IstioDocuments {
  private final KubernetesAccess access;
  private final IstioSettings settings;
  private final ConnectionContext context;

  IstioDocuments(KubernetesAccess access, IstioSettings settings, ConnectionContext context) {
    this.access = access;
    this.settings = settings;
    this.context = context;
  }

  MeshDocuments read() throws MeshUnavailableException, InterruptedException {
    var cluster = new ClusterDocuments(access);
    cluster.need(ResourceQuery.all(ResourceType.SERVICE));
    cluster.need(ResourceQuery.all(ResourceType.ENDPOINT_SLICE));
    cluster.need(ResourceQuery.all(IstioTypes.SERVICE_ENTRY));
    cluster.need(ResourceQuery.all(IstioTypes.PEER_AUTHENTICATION));
    if (settings.serviceExportMarks()) {
      cluster.need(ResourceQuery.all(ResourceType.SERVICE_EXPORT));
    }
    cluster.want(IstioTypes.inVersions(IstioTypes.VIRTUAL_SERVICE));
    cluster.want(IstioTypes.inVersions(IstioTypes.DESTINATION_RULE));
    cluster.want(ApiGateway.types().stream().map(ResourceQuery::all).toList());
    for (RouteKind kind : RouteKind.values()) {
      cluster.want(kind.queries());
    }
    cluster.wantPods();
    cluster.want(IstioTypes.inVersions(IstioTypes.GATEWAY));
    cluster.besides(List.of(config()));
    return cluster.of(describe(cluster));
  }

  private MeshDescriptor describe(ClusterDocuments cluster)
      throws MeshUnavailableException, InterruptedException {
    var facts = new MeshFacts(context.mesh(), settings.trustDomain());
    facts.takeConfig(listed(cluster.glance(config()), facts::trustDomainOf));
    facts.takeIstiod(
        listed(cluster.glance(IstioTypes.istiod(settings.rootNamespace())), MeshFacts::versionOf));
    return facts.descriptor().orElseThrow();
  }

  private ResourceQuery config() {
    return ResourceQuery.one(ResourceType.CONFIG_MAP, settings.rootNamespace(), "istio");
  }

  private static <T> FeedEvent<T> listed(List<KubeObject> objects, Function<KubeObject, T> trim) {
    Map<ResourceKey, T> trimmed = objects.stream().collect(Collectors.toMap(KubeObject::key, trim));
    return new FeedEvent.Listed<>(trimmed, "");
  }
}
