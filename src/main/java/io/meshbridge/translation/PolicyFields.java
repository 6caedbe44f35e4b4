package io.meshbridge.translation;

import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** The native fields that a policy, or a gateway, was read from. */
final class PolicyFields {
  private PolicyFields() {}

  /** Each once, in the order of the parts: of a gateway its listeners, then the policy. */
  static SequencedSet<FieldRef> of(OwnersWords owner) {
    var fields = new LinkedHashSet<FieldRef>();
    owner.ingress().ifPresent(gateway -> fields.addAll(gateway.sourcesOf("listeners")));
    sourcesOf(owner.traffic())
        .forEach(sources -> sources.fields().values().forEach(fields::addAll));
    return fields;
  }

  private static Stream<Sources> sourcesOf(TrafficPolicy policy) {
    return Stream.of(
            policy.http().stream().map(HttpRule::sources),
            policy.l4().stream().map(L4Rule::sources),
            policy.subsets().stream().flatMap(PolicyFields::sourcesOf),
            Stream.of(policy.destination().sources()),
            policy.ports().values().stream().map(port -> port.sources()))
        .flatMap(sources -> sources);
  }

  private static Stream<Sources> sourcesOf(Subset subset) {
    return Stream.of(subset.sources(), subset.policy().sources());
  }
}
