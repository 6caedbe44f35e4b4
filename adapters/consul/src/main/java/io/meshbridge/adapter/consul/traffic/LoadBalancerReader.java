package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code LoadBalancer} of a service-resolver. */
final class LoadBalancerReader {
  private static final String FIELD = "loadBalancing";

  private final TracedFields fields;
  private final Sources.Builder sources;

  private LoadBalancerReader(TracedFields fields, Sources.Builder sources) {
    this.fields = fields;
    this.sources = sources;
  }

  static Optional<LoadBalancing> read(TracedFields fields, Sources.Builder sources) {
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new LoadBalancerReader(fields, sources).read());
  }

  private LoadBalancing read() {
    var algorithm = algorithm();
    return new LoadBalancing(
        algorithm, hashKeys(algorithm), ringSize(algorithm), choices(algorithm), Optional.empty());
  }

  private Algorithm algorithm() {
    var word = fields.text("Policy").orElse("");
    sources.add(FIELD + ".algorithm", fields.ref("Policy"));
    return switch (word) {
      case "" -> Algorithm.DEFAULT;
      case "random" -> Algorithm.RANDOM;
      case "round_robin" -> Algorithm.ROUND_ROBIN;
      case "least_request" -> Algorithm.LEAST_REQUEST;
      case "ring_hash" -> Algorithm.RING_HASH;
      case "maglev" -> Algorithm.MAGLEV;
      default -> {
        fields.error(
            "Policy",
            "must be random, round_robin, least_request, ring_hash or maglev, but is '"
                + word
                + "'");
        yield Algorithm.DEFAULT;
      }
    };
  }

  private OptionalLong ringSize(Algorithm algorithm) {
    var ring = fields.object("RingHashConfig");
    if (ring.isEmpty()) {
      return OptionalLong.empty();
    }
    if (algorithm != Algorithm.RING_HASH) {
      fields.error("RingHashConfig", "is for the policy ring_hash alone");
      return OptionalLong.empty();
    }
    ring.drop("MaximumRingSize", "only the least size of a ring has a word elsewhere", "");
    var size = ring.integer("MinimumRingSize", 1, Integer.MAX_VALUE);
    size.ifPresent(number -> sources.add(FIELD + ".ringSize", ring.ref("MinimumRingSize")));
    return size.isPresent() ? OptionalLong.of(size.getAsInt()) : OptionalLong.empty();
  }

  private OptionalLong choices(Algorithm algorithm) {
    var least = fields.object("LeastRequestConfig");
    if (least.isEmpty()) {
      return OptionalLong.empty();
    }
    if (algorithm != Algorithm.LEAST_REQUEST) {
      fields.error("LeastRequestConfig", "is for the policy least_request alone");
      return OptionalLong.empty();
    }
    var count = least.integer("ChoiceCount", 1, Integer.MAX_VALUE);
    count.ifPresent(number -> sources.add(FIELD + ".choices", least.ref("ChoiceCount")));
    return count.isPresent() ? OptionalLong.of(count.getAsInt()) : OptionalLong.empty();
  }

  private List<HashKey> hashKeys(Algorithm algorithm) {
    var policies = fields.objects("HashPolicies");
    if (!policies.isEmpty() && algorithm != Algorithm.RING_HASH && algorithm != Algorithm.MAGLEV) {
      fields.error("HashPolicies", "are for the policies ring_hash and maglev alone");
      return List.of();
    }
    var keys = new ArrayList<HashKey>();
    for (TracedFields policy : policies) {
      var at = FIELD + ".hashKeys[" + keys.size() + "]";
      hashKey(policy, at)
          .ifPresent(
              key -> {
                keys.add(key);
                readTerminal(policy, policy == policies.getLast(), at);
              });
    }
    return keys;
  }

  /** All of Consul's keys count together, unless one is terminal; elsewhere the first counts. */
  private void readTerminal(TracedFields policy, boolean last, String at) {
    var terminal = policy.flag("Terminal").orElse(false);
    if (last) {
      policy.drop("Terminal", "nothing comes after the last key", "");
    } else if (terminal) {
      sources.add(at, policy.ref("Terminal"));
    } else {
      policy.approximate(
          policy.has("Field") ? "Field" : "SourceIP",
          "Consul hashes all keys together; elsewhere the first that a request has decides",
          "make it terminal if that is meant");
    }
  }

  private Optional<HashKey> hashKey(TracedFields policy, String at) {
    var field = policy.text("Field").orElse("");
    var value = policy.text("FieldValue").orElse("");
    if (policy.flag("SourceIP").orElse(false)) {
      if (!field.isEmpty() || !value.isEmpty()) {
        policy.error("SourceIP", "cannot stand beside a field");
        return Optional.empty();
      }
      sources.add(at, policy.ref("SourceIP"));
      return Optional.of(new HashKey.SourceIp());
    }
    if (value.isEmpty()) {
      policy.error("FieldValue", "must name what is hashed");
      return Optional.empty();
    }
    sources.add(at, policy.ref("Field")).add(at, policy.ref("FieldValue"));
    return switch (field) {
      case "header" -> Optional.of(new HashKey.Header(value));
      case "query_parameter" -> Optional.of(new HashKey.QueryParameter(value));
      case "cookie" -> Optional.of(cookie(value, policy.object("CookieConfig"), at));
      default -> {
        policy.error("Field", "must be header, cookie or query_parameter, but is '" + field + "'");
        yield Optional.empty();
      }
    };
  }

  private HashKey cookie(String name, TracedFields config, String at) {
    var ttl = ConsulDurations.read(config, "TTL");
    var session = config.flag("Session").orElse(false);
    if (session && ttl.isPresent()) {
      config.error("Session", "a cookie of the session has no lifetime of its own");
    }
    for (String field : List.of("TTL", "Session", "Path")) {
      if (config.has(field)) {
        sources.add(at, config.ref(field));
      }
    }
    // A lifetime of zero is how a cookie of the session is said elsewhere.
    var lifetime = session ? Optional.of(Duration.ZERO) : ttl;
    return new HashKey.Cookie(name, lifetime, config.text("Path").orElse(""));
  }
}
