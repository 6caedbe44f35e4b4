package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.spi.reading.Durations;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says how one of the endpoints is chosen, and which places are preferred. */
final class BalancerWriter {
  // Envoy's own, which Istio does not take for granted.
  private static final long MAGLEV_TABLE = 65_537;
  private static final long LARGEST_TABLE = 5_000_011;

  private final LossList losses;
  private final String path;
  private final Map<String, Object> written = new LinkedHashMap<>();

  private BalancerWriter(String path, LossList losses) {
    this.path = path + ".loadBalancing.";
    this.losses = losses;
  }

  /** The field {@code loadBalancer}; empty if nothing is said. */
  static Map<String, Object> of(DestinationPolicy policy, String path, LossList losses) {
    var writer = new BalancerWriter(path, losses);
    policy.loadBalancing().ifPresent(writer::put);
    policy
        .locality()
        .ifPresent(
            places ->
                writer.written.put(
                    "localityLbSetting", LocalityWriter.of(places, path + ".locality.", losses)));
    return writer.written;
  }

  private void put(LoadBalancing way) {
    switch (way.algorithm()) {
      case DEFAULT -> written.put("simple", "UNSPECIFIED");
      case ROUND_ROBIN, LEAST_REQUEST, RANDOM -> written.put("simple", way.algorithm().name());
      case PASSTHROUGH ->
          losses.dropped(
              path + "algorithm",
              "the address that a caller asks for is the import's, and no endpoint's");
      case RING_HASH, MAGLEV -> putHash(way);
    }
    if (way.choices().isPresent()) {
      losses.dropped(path + "choices", "Istio leaves it to its proxies how many are drawn");
    }
    way.warmUp().filter(Duration::isPositive).ifPresent(this::putWarmUp);
  }

  private void putWarmUp(Duration time) {
    written.put("warmup", Map.of("duration", Durations.inUnits(time)));
  }

  private void putHash(LoadBalancing way) {
    if (way.hashKeys().isEmpty()) {
      losses.dropped(path + "algorithm", "Istio hashes only by something of a request");
      return;
    }
    for (int i = 1; i < way.hashKeys().size(); i++) {
      losses.dropped(path + "hashKeys[" + i + "]", "Istio hashes by one key, the first");
    }
    var hash = new LinkedHashMap<String, Object>();
    putKey(hash, way.hashKeys().getFirst());
    if (way.algorithm() == Algorithm.MAGLEV) {
      hash.put("maglev", Map.of("tableSize", tableOf(way)));
    } else if (way.ringSize().isPresent()) {
      hash.put("ringHash", Map.of("minimumRingSize", way.ringSize().getAsLong()));
    }
    written.put("consistentHash", hash);
  }

  private static void putKey(Map<String, Object> hash, HashKey key) {
    switch (key) {
      case HashKey.Header header -> hash.put("httpHeaderName", header.name());
      case HashKey.QueryParameter parameter -> hash.put("httpQueryParameterName", parameter.name());
      case HashKey.SourceIp ignored -> hash.put("useSourceIp", true);
      case HashKey.Cookie cookie -> {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", cookie.name());
        if (!cookie.path().isEmpty()) {
          fields.put("path", cookie.path());
        }
        cookie.ttl().ifPresent(ttl -> fields.put("ttl", Durations.inUnits(ttl)));
        hash.put("httpCookie", fields);
      }
    }
  }

  /** Istio takes only prime numbers. */
  private long tableOf(LoadBalancing way) {
    long wanted = way.ringSize().orElse(MAGLEV_TABLE);
    if (wanted < LARGEST_TABLE && isPrime(wanted)) {
      return wanted;
    }
    losses.approximated(
        path + "ringSize", "a table of Istio has a prime size below " + LARGEST_TABLE);
    return MAGLEV_TABLE;
  }

  private static boolean isPrime(long number) {
    return BigInteger.valueOf(number).isProbablePrime(32);
  }
}
