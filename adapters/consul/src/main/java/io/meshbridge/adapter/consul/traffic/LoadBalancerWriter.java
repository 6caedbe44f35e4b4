package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an instance is chosen, as {@code LoadBalancer} of a service-resolver. */
final class LoadBalancerWriter {
  private final LoadBalancing balancing;
  private final String path;
  private final LossBook losses;
  private final ServerVersion version;

  LoadBalancerWriter(LoadBalancing balancing, String path, PortPlan plan) {
    this.balancing = balancing;
    this.path = path;
    this.losses = plan.losses();
    this.version = plan.version();
  }

  void write(Map<String, Object> resolver) {
    if (!version.has(Feature.LOAD_BALANCER)) {
      losses.drop(path, Feature.LOAD_BALANCER);
      return;
    }
    balancing
        .warmUp()
        .ifPresent(time -> losses.drop(path + ".warmUp", "Consul does not spare new instances"));
    var written = new LinkedHashMap<String, Object>();
    switch (balancing.algorithm()) {
      case DEFAULT -> {}
      case ROUND_ROBIN -> written.put("Policy", "round_robin");
      case RANDOM -> written.put("Policy", "random");
      case LEAST_REQUEST -> written.put("Policy", "least_request");
      case RING_HASH -> written.put("Policy", "ring_hash");
      case MAGLEV -> written.put("Policy", "maglev");
      case PASSTHROUGH ->
          losses.drop(
              path + ".algorithm",
              "Consul's proxies choose themselves, whatever address was asked");
    }
    writeSizes(written);
    writeHashKeys(written);
    if (!written.isEmpty()) {
      resolver.put("LoadBalancer", written);
    }
  }

  private void writeSizes(Map<String, Object> written) {
    balancing
        .ringSize()
        .ifPresent(
            size -> {
              if (balancing.algorithm() == Algorithm.RING_HASH) {
                written.put("RingHashConfig", Map.of("MinimumRingSize", size));
              } else {
                losses.drop(path + ".ringSize", "Consul sizes only rings");
              }
            });
    balancing
        .choices()
        .ifPresent(
            count -> {
              if (balancing.algorithm() == Algorithm.LEAST_REQUEST) {
                written.put("LeastRequestConfig", Map.of("ChoiceCount", count));
              } else {
                losses.drop(path + ".choices", "Consul draws only to find the less busy");
              }
            });
  }

  private void writeHashKeys(Map<String, Object> written) {
    var keys = balancing.hashKeys();
    if (keys.isEmpty()) {
      return;
    }
    if (balancing.algorithm() != Algorithm.RING_HASH && balancing.algorithm() != Algorithm.MAGLEV) {
      losses.drop(path + ".hashKeys", "Consul hashes only for ring_hash and maglev");
      return;
    }
    List<Map<String, Object>> policies = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      var policy = policy(keys.get(i));
      if (i < keys.size() - 1) {
        // The first that a request has decides; Consul would count all together.
        policy.put("Terminal", true);
      }
      policies.add(policy);
    }
    written.put("HashPolicies", policies);
  }

  private static Map<String, Object> policy(HashKey key) {
    return switch (key) {
      case HashKey.Header header -> field("header", header.name());
      case HashKey.QueryParameter parameter -> field("query_parameter", parameter.name());
      case HashKey.SourceIp ignored -> new LinkedHashMap<>(Map.of("SourceIP", true));
      case HashKey.Cookie cookie -> {
        var policy = field("cookie", cookie.name());
        var config = new LinkedHashMap<String, Object>();
        cookie
            .ttl()
            .ifPresent(
                ttl -> {
                  if (ttl.isZero()) {
                    config.put("Session", true);
                  } else {
                    config.put("TTL", GoDurations.text(ttl));
                  }
                });
        if (!cookie.path().isEmpty()) {
          config.put("Path", cookie.path());
        }
        if (!config.isEmpty()) {
          policy.put("CookieConfig", config);
        }
        yield policy;
      }
    };
  }

  private static Map<String, Object> field(String kind, String value) {
    var policy = new LinkedHashMap<String, Object>();
    policy.put("Field", kind);
    policy.put("FieldValue", value);
    return policy;
  }
}
