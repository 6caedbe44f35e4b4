package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.HashSet;
import java.util.Set;

/** What of a policy is lost on the way to Linkerd. Each field is told once for each reason. */
final class PolicyLosses {
  private final LossList losses;
  private final Set<String> told = new HashSet<>();

  PolicyLosses(LossList losses) {
    this.losses = losses;
  }

  void dropped(String field, String reason) {
    if (told.add(field + " " + reason)) {
      losses.dropped(path(field), reason);
    }
  }

  void approximated(String field, String reason) {
    if (told.add(field + " " + reason)) {
      losses.approximated(path(field), reason);
    }
  }

  private static String path(String field) {
    return TrafficPolicy.FIELD + "." + field;
  }

  /** The losses of one part. */
  Part in(String part) {
    return new Part(part);
  }

  /** One part of the policy, such as {@code http[2]}. */
  final class Part {
    private final String part;

    private Part(String part) {
      this.part = part;
    }

    void dropped(String field, String reason) {
      PolicyLosses.this.dropped(part + "." + field, reason);
    }

    void approximated(String field, String reason) {
      PolicyLosses.this.approximated(part + "." + field, reason);
    }
  }
}
