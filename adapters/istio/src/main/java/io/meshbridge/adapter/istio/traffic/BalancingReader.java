package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads how one of the endpoints is chosen. */
final class BalancingReader {
  private static final String KEYS = "loadBalancing.hashKeys";
  private static final String SIZE = "loadBalancing.ringSize";

  private final TracedFields settings;
  private final Sources.Builder sources;

  private BalancingReader(TracedFields settings, Sources.Builder sources) {
    this.settings = settings;
    this.sources = sources;
  }

  /** The way to choose that a load balancer's settings give; empty if they give none. */
  static Optional<LoadBalancing> read(TracedFields settings, Sources.Builder sources) {
    return new BalancingReader(settings, sources).read();
  }

  private Optional<LoadBalancing> read() {
    settings.drop("backendUtilization", "other meshes do not ask endpoints for their load", "");
    settings.drop("zoneAwareLbSetting", "other meshes weigh zones by their own rule", "");
    var warmUp = warmUp();
    if (settings.has("consistentHash")) {
      if (settings.has("simple")) {
        settings.error("simple", "must not stand beside consistentHash");
      }
      return Optional.of(consistent(settings.object("consistentHash"), warmUp));
    }
    var simple = settings.text("simple");
    if (simple.isPresent()) {
      sources.add("loadBalancing.algorithm", settings.ref("simple"));
    }
    return simple.isEmpty() && warmUp.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LoadBalancing(
                algorithmOf(simple.orElse("")),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                warmUp));
  }

  private Algorithm algorithmOf(String word) {
    return switch (word) {
      case "", "UNSPECIFIED" -> Algorithm.DEFAULT;
      case "LEAST_REQUEST", "LEAST_CONN" -> Algorithm.LEAST_REQUEST;
      case "ROUND_ROBIN" -> Algorithm.ROUND_ROBIN;
      case "RANDOM" -> Algorithm.RANDOM;
      case "PASSTHROUGH" -> Algorithm.PASSTHROUGH;
      default -> {
        settings.error(
            "simple",
            "must be LEAST_REQUEST, ROUND_ROBIN, RANDOM or PASSTHROUGH, but is '" + word + "'");
        yield Algorithm.DEFAULT;
      }
    };
  }

  private LoadBalancing consistent(TracedFields hash, Optional<Duration> warmUp) {
    boolean maglev = hash.has("maglev");
    if (maglev) {
      sources.add("loadBalancing.algorithm", hash.object("maglev").ref("tableSize"));
    }
    return new LoadBalancing(
        maglev ? Algorithm.MAGLEV : Algorithm.RING_HASH,
        keysOf(hash),
        sizeOf(hash, maglev),
        OptionalLong.empty(),
        warmUp);
  }

  private List<HashKey> keysOf(TracedFields hash) {
    var keys = new ArrayList<HashKey>();
    hash.text("httpHeaderName")
        .ifPresent(name -> note(new HashKey.Header(name), hash, "httpHeaderName", keys));
    hash.text("httpQueryParameterName")
        .ifPresent(
            name -> note(new HashKey.QueryParameter(name), hash, "httpQueryParameterName", keys));
    if (hash.flag("useSourceIp").orElse(false)) {
      note(new HashKey.SourceIp(), hash, "useSourceIp", keys);
    }
    if (hash.has("httpCookie")) {
      keys.add(cookieOf(hash.object("httpCookie")));
    }
    if (keys.isEmpty()) {
      hash.error("httpHeaderName", "is missing, and so is every other key to hash by");
    } else if (keys.size() > 1) {
      hash.trace()
          .error(
              sources.build().of(KEYS + "[1]").getFirst().path(),
              "must stand alone: one key decides");
      return List.of(keys.getFirst());
    }
    return keys;
  }

  private void note(HashKey key, TracedFields hash, String name, List<HashKey> keys) {
    sources.add(KEYS + "[" + keys.size() + "]", hash.ref(name));
    keys.add(key);
  }

  private HashKey cookieOf(TracedFields cookie) {
    cookie.drop("attributes", "only Istio gives its cookies attributes", "");
    for (String name : List.of("name", "path", "ttl")) {
      if (cookie.has(name)) {
        sources.add(KEYS + "[0]", cookie.ref(name));
      }
    }
    var name = cookie.text("name").orElse("");
    if (name.isEmpty()) {
      cookie.error("name", "is missing");
    }
    return new HashKey.Cookie(name, cookie.duration("ttl"), cookie.text("path").orElse(""));
  }

  private OptionalLong sizeOf(TracedFields hash, boolean maglev) {
    if (maglev) {
      hash.drop("ringHash", "stands beside maglev, which has a table", "");
      hash.drop("minimumRingSize", "stands beside maglev, which has a table", "");
      return sizeOf(hash.object("maglev"), "tableSize");
    }
    if (hash.has("ringHash")) {
      hash.drop("minimumRingSize", "stands beside ringHash, which says it, too", "");
      return sizeOf(hash.object("ringHash"), "minimumRingSize");
    }
    return sizeOf(hash, "minimumRingSize");
  }

  private OptionalLong sizeOf(TracedFields holder, String name) {
    if (!holder.has(name)) {
      return OptionalLong.empty();
    }
    sources.add(SIZE, holder.ref(name));
    return holder.decimal(name, 0, Long.MAX_VALUE).stream()
        .mapToLong(BigDecimal::longValue)
        .findFirst();
  }

  private Optional<Duration> warmUp() {
    var warmup = settings.object("warmup");
    var curve = "other meshes do not bend the curve by which a new endpoint warms up";
    warmup.drop("aggression", curve, "");
    warmup.drop("minimumPercent", curve, "");
    var duration = warmup.duration("duration");
    if (duration.isPresent()) {
      sources.add("loadBalancing.warmUp", warmup.ref("duration"));
      settings.drop("warmupDurationSecs", "stands beside warmup, which says it, too", "");
      return duration;
    }
    if (settings.has("warmupDurationSecs")) {
      sources.add("loadBalancing.warmUp", settings.ref("warmupDurationSecs"));
    }
    return settings.duration("warmupDurationSecs");
  }
}
