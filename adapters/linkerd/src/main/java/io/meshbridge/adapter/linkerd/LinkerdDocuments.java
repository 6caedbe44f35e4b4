package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ClusterDocuments;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads all that a Linkerd mesh says of its services, once. */
final class LinkerdDocuments {
  private static final String EXPORTED = Marks.KUBERNETES.export() + "=true";

  private final KubernetesAccess access;
  private final LinkerdSettings settings;
  private final ConnectionContext context;

  LinkerdDocuments(KubernetesAccess access, LinkerdSettings settings, ConnectionContext context) {
    this.access = access;
    this.settings = settings;
    this.context = context;
  }

  MeshDocuments read() throws MeshUnavailableException, InterruptedException {
    var cluster = new ClusterDocuments(access);
    cluster.need(ResourceQuery.all(ResourceType.SERVICE));
    cluster.need(ResourceQuery.all(ResourceType.ENDPOINT_SLICE));
    cluster.need(LinkerdTypes.servers());
    cluster.need(ResourceQuery.all(ResourceType.NAMESPACE));
    cluster.need(config());
    cluster.need(ResourceQuery.labelled(LinkerdTypes.EGRESS_NETWORK, EXPORTED));
    if (settings.serviceExportMarks()) {
      cluster.need(ResourceQuery.all(ResourceType.SERVICE_EXPORT));
    }
    cluster.want(ApiGateway.types().stream().map(ResourceQuery::all).toList());
    for (RouteKind kind : RouteKind.values()) {
      cluster.want(kind.queries());
    }
    cluster.want(LinkerdTypes.ownRoutes());
    cluster.want(LinkerdTypes.serviceProfiles());
    cluster.want(LinkerdTypes.trafficSplits());
    for (List<ResourceQuery> policies : LinkerdTypes.authorizations()) {
      cluster.besides(policies);
    }
    return cluster.of(describe(cluster));
  }

  private MeshDescriptor describe(ClusterDocuments cluster)
      throws MeshUnavailableException, InterruptedException {
    var state = new LinkerdState(context.mesh(), settings);
    state.takeConfigs(
        new FeedEvent.Listed<>(
            cluster.glance(config()).stream()
                .collect(Collectors.toMap(KubeObject::key, MeshConfig::of)),
            ""));
    return state.descriptor().orElseThrow();
  }

  private ResourceQuery config() {
    return ResourceQuery.one(ResourceType.CONFIG_MAP, settings.controlPlane(), LinkerdTypes.CONFIG);
  }
}
