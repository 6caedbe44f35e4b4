package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the bridge keeps of a DestinationRule.
 *
 * @param object the reference for people
 * @param created when, as the server spells it; of several for one host the oldest goes first
 * @param imported whether a bridge wrote it
 * @param host its whole name; empty if it has none
 * @param visibility for whose callers it holds
 * @param subsets the names of its subsets
 * @param content all fields but the status
 */
public record DestinationRuleFacts(
    String object,
    ResourceKey key,
    String created,
    boolean imported,
    String host,
    Visibility visibility,
    Set<String> subsets,
    Map<String, Object> content) {
  /** The order in which Istio merges several for one host. */
  static final Comparator<DestinationRuleFacts> OLDEST_FIRST =
      Comparator.comparing(DestinationRuleFacts::created)
          .thenComparing(facts -> facts.key().name())
          .thenComparing(DestinationRuleFacts::key);

  /** Trims an object. */
  public static DestinationRuleFacts of(KubeObject object, HostNames names) {
    var spec = object.fields(Problems.NONE).object("spec");
    var host = spec.text("host");
    return new DestinationRuleFacts(
        object.reference(),
        object.key(),
        object.version().created(),
        OwnMarks.of(object).isPresent(),
        host.isEmpty() ? "" : names.whole(host, object.key().namespace()),
        Visibility.of(spec.textList("exportTo")),
        spec.objects("subsets").stream()
            .map(subset -> subset.text("name"))
            .collect(Collectors.toUnmodifiableSet()),
        VirtualServiceFacts.contentOf(object));
  }

  /** Whether it holds for clients with certain labels alone. */
  boolean isForSomeClients() {
    return Fields.of(content, "", Problems.NONE).object("spec").has("workloadSelector");
  }
}
