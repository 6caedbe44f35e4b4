package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.model.Marks;
import io.meshbridge.model.traffic.Ingress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What the bridge keeps of a Gateway of the Gateway API.
 *
 * @param object the reference for people
 * @param labels without the bridge's own marks
 * @param exported whether its owner marks it for export
 * @param importedPath the federation path of one that a bridge wrote; empty for all others
 * @param waypoint whether it treats the mesh's own traffic, and lets nobody in
 * @param content all fields but the status
 */
public record ApiGateway(
    String object,
    ResourceKey key,
    SortedMap<String, String> labels,
    boolean exported,
    String importedPath,
    boolean waypoint,
    Map<String, Object> content) {
  /** The kind, with its group, as manifests are sorted by it. */
  public static final String KIND = RouteKind.GROUP + "/Gateway";

  /** Why a waypoint is not offered. */
  public static final String WAYPOINT =
      "a waypoint treats the mesh's own traffic, and lets nobody in from outside";

  // Istio, ambient mode: these classes and this label say what a gateway is for.
  private static final Set<String> INNER_CLASSES = Set.of("istio-waypoint", "istio-east-west");
  private static final String WAYPOINT_FOR = "istio.io/waypoint-for";

  /** The kind in each version in which it may be served, the newest first. */
  public static List<ResourceType> types() {
    var type = new ResourceType(RouteKind.GROUP, "v1", "Gateway", "gateways", true);
    return Stream.of("v1", "v1beta1", "v1alpha2").map(type::inVersion).toList();
  }

  /** Trims an object. */
  public static ApiGateway of(KubeObject object) {
    var content = new LinkedHashMap<>(object.content());
    content.remove("status");
    var className = object.fields(Problems.NONE).object("spec").text("gatewayClassName");
    return new ApiGateway(
        object.reference(),
        object.key(),
        Marks.without(object.labels()),
        OwnMarks.isExported(object),
        OwnMarks.pathOf(object),
        INNER_CLASSES.contains(className) || object.labels().containsKey(WAYPOINT_FOR),
        content);
  }

  /** The name that it has among services. */
  public ResourceKey service() {
    return new ResourceKey(key.namespace(), Ingress.nameOf(key.name()));
  }
}
