package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the bridge keeps of a PeerAuthentication.
 *
 * @param created when, as the server spells it; the oldest of several at one level counts
 * @param selector the pods that it is for; empty for all of its namespace
 * @param mode for ports without a mode of their own
 * @param ports the mode of single ports of the pods
 */
record PeerPolicy(
    ResourceKey key,
    String created,
    SortedMap<String, String> selector,
    Mode mode,
    SortedMap<Integer, Mode> ports) {
  /** The order in which policies of one level count. */
  static final Comparator<PeerPolicy> OLDEST_FIRST =
      Comparator.comparing(PeerPolicy::created).thenComparing(PeerPolicy::key);

  /** Istio's words. */
  enum Mode {
    /** As the level above says. */
    UNSET,
    /** Plain text only. */
    DISABLE,
    /** Plain text and mutual TLS. */
    PERMISSIVE,
    /** Mutual TLS only. */
    STRICT
  }

  PeerPolicy {
    selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
  }

  static PeerPolicy of(KubeObject object, Problems problems) {
    var spec = object.fields(problems).object("spec");
    var ports = new TreeMap<Integer, Mode>();
    var portModes = spec.object("portLevelMtls");
    for (String port : portModes.names()) {
      if (port.length() <= 5 && port.chars().allMatch(Character::isDigit)) {
        ports.put(Integer.parseInt(port), mode(portModes.object(port), problems));
      } else {
        problems.add(portModes.pathOf(port), "must be a port number");
      }
    }
    return new PeerPolicy(
        object.key(),
        object.version().created(),
        spec.object("selector").texts("matchLabels"),
        mode(spec.object("mtls"), problems),
        ports);
  }

  /** The mode of one port of a pod that this policy is for. */
  Mode modeOf(int port, Mode inherited) {
    var own = ports.getOrDefault(port, Mode.UNSET);
    if (own != Mode.UNSET) {
      return own;
    }
    return modeElse(inherited);
  }

  Mode modeElse(Mode inherited) {
    return mode == Mode.UNSET ? inherited : mode;
  }

  /** Whether it is for every pod that has these labels. */
  boolean selectsAll(Map<String, String> labels) {
    return selector.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
  }

  /** Whether it may be for some pod that has these labels and others besides. */
  boolean maySelect(Map<String, String> labels) {
    return selector.entrySet().stream()
        .allMatch(e -> e.getValue().equals(labels.getOrDefault(e.getKey(), e.getValue())));
  }

  /** A word that we do not know guards: a mode of a later Istio must not open a service. */
  private static Mode mode(Fields mtls, Problems problems) {
    var word = mtls.text("mode");
    return switch (word) {
      case "", "UNSET" -> Mode.UNSET;
      case "DISABLE" -> Mode.DISABLE;
      case "PERMISSIVE" -> Mode.PERMISSIVE;
      case "STRICT" -> Mode.STRICT;
      default -> {
        problems.add(mtls.pathOf("mode"), "'" + word + "' is unknown and taken for STRICT");
        yield Mode.STRICT;
      }
    };
  }
}
