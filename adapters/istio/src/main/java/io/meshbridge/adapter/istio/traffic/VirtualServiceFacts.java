package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge keeps of a VirtualService.
 *
 * @param object the reference for people
 * @param created when, as the server spells it; the oldest of several for one host counts
 * @param imported whether a bridge wrote it
 * @param hosts their whole names; none for a delegate
 * @param forMesh whether it holds for the mesh's own callers, not only for those of gateways
 * @param gateways those that it is bound to
 * @param visibility for whose callers it holds
 * @param exportTo the namespaces that see it, as its owner spells them
 * @param delegates the VirtualServices that it leaves rules to
 * @param destinations the whole names of all hosts that it sends requests to
 * @param content all fields but the status
 */
public record VirtualServiceFacts(
    String object,
    ResourceKey key,
    String created,
    boolean imported,
    List<String> hosts,
    boolean forMesh,
    Set<ResourceKey> gateways,
    Visibility visibility,
    List<String> exportTo,
    Set<ResourceKey> delegates,
    Set<String> destinations,
    Map<String, Object> content) {
  /** The gateway that stands for the mesh's own callers. */
  static final String MESH = "mesh";

  /** The order in which Istio takes several for one host: by age, then by name. */
  static final Comparator<VirtualServiceFacts> OLDEST_FIRST =
      Comparator.comparing(VirtualServiceFacts::created)
          .thenComparing(facts -> facts.key().name())
          .thenComparing(VirtualServiceFacts::key);

  /** Trims an object. */
  public static VirtualServiceFacts of(KubeObject object, HostNames names) {
    var spec = object.fields(Problems.NONE).object("spec");
    var gateways = spec.textList("gateways");
    var namespace = object.key().namespace();
    return new VirtualServiceFacts(
        object.reference(),
        object.key(),
        object.version().created(),
        OwnMarks.of(object).isPresent(),
        spec.textList("hosts").stream().map(host -> names.whole(host, namespace)).toList(),
        gateways.isEmpty() || gateways.contains(MESH),
        gatewaysOf(gateways, namespace),
        Visibility.of(spec.textList("exportTo")),
        spec.textList("exportTo"),
        delegatesOf(spec, namespace),
        destinationsIn(object.content().get("spec"), host -> names.whole(host, namespace)),
        contentOf(object));
  }

  /** The hosts that it can be for in the mesh; everything is none of them. */
  List<String> meshHosts() {
    return hosts.stream().filter(host -> !host.equals("*")).toList();
  }

  /** Whether a namespace sees it as one of those that its owner names. */
  boolean exportedTo(String namespace) {
    return exportTo.contains(namespace)
        || (exportTo.contains(".") && namespace.equals(key.namespace()));
  }

  /** All that the owner of an object said, without what the server adds. */
  static Map<String, Object> contentOf(KubeObject object) {
    var content = new LinkedHashMap<>(object.content());
    content.remove("status");
    return content;
  }

  /** Where a delegate stands that a rule names. */
  static ResourceKey delegateOf(String name, String namespace, String own) {
    return new ResourceKey(namespace.isEmpty() ? own : namespace, name);
  }

  /**
   * The Gateway that a name stands for, as an object of that namespace means it: alone, after its
   * namespace and a slash, or before it and a dot ({@code resolveGatewayName} of istiod).
   */
  static ResourceKey gatewayOf(String name, String own) {
    int slash = name.indexOf('/');
    if (slash >= 0) {
      var namespace = name.substring(0, slash);
      return new ResourceKey(namespace.equals(".") ? own : namespace, name.substring(slash + 1));
    }
    var parts = List.of(name.split("\\.", -1));
    return parts.size() == 1
        ? new ResourceKey(own, name)
        : new ResourceKey(parts.get(1), parts.getFirst());
  }

  private static Set<ResourceKey> gatewaysOf(List<String> names, String own) {
    return names.stream()
        .filter(name -> !name.equals(MESH))
        .map(name -> gatewayOf(name, own))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every host in it that stands in a destination or in a mirror. */
  private static Set<String> destinationsIn(@Nullable Object node, UnaryOperator<String> whole) {
    var found = new TreeSet<String>();
    switch (node) {
      case Map<?, ?> map -> {
        if (map.get("host") instanceof String host && !host.isBlank()) {
          found.add(whole.apply(host));
        }
        map.values().forEach(value -> found.addAll(destinationsIn(value, whole)));
      }
      case List<?> list -> list.forEach(value -> found.addAll(destinationsIn(value, whole)));
      case null, default -> {}
    }
    return found;
  }

  private static Set<ResourceKey> delegatesOf(Fields spec, String own) {
    var delegates = new TreeSet<ResourceKey>();
    for (Fields rule : spec.objects("http")) {
      var delegate = rule.object("delegate");
      if (!delegate.text("name").isEmpty()) {
        delegates.add(delegateOf(delegate.text("name"), delegate.text("namespace"), own));
      }
    }
    return delegates;
  }
}
