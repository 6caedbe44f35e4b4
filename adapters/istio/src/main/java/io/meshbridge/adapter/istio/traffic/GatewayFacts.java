package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Marks;
import io.meshbridge.model.traffic.Ingress;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the bridge keeps of a Gateway.
 *
 * @param object the reference for people
 * @param labels without the bridge's own marks
 * @param exported whether its owner marks it for export
 * @param importedPath the federation path of one that a bridge wrote; empty for all others
 * @param content all fields but the status
 */
public record GatewayFacts(
    String object,
    ResourceKey key,
    SortedMap<String, String> labels,
    boolean exported,
    String importedPath,
    Map<String, Object> content) {
  /** The name that it has among services. */
  public ResourceKey service() {
    return new ResourceKey(key.namespace(), Ingress.nameOf(key.name()));
  }

  /** Trims an object. */
  public static GatewayFacts of(KubeObject object) {
    return new GatewayFacts(
        object.reference(),
        object.key(),
        Marks.without(object.labels()),
        OwnMarks.isExported(object),
        OwnMarks.pathOf(object),
        VirtualServiceFacts.contentOf(object));
  }
}
