package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.LocalityPolicy;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads which places are preferred. */
final class LocalityReader {
  private static final int WHOLE = 100;

  private LocalityReader() {}

  /** What a load balancer's settings say of places; empty if they say nothing. */
  static Optional<LocalityPolicy> read(TracedFields balancer, Sources.Builder sources) {
    if (!balancer.has("localityLbSetting")) {
      return Optional.empty();
    }
    var setting = balancer.object("localityLbSetting");
    if (setting.has("enabled")) {
      sources.add("locality.enabled", setting.ref("enabled"));
    }
    var priority = setting.texts("failoverPriority");
    for (int i = 0; i < priority.size(); i++) {
      sources.add(
          "locality.priority[" + i + "]",
          setting.trace().ref(setting.pathOf("failoverPriority") + "[" + i + "]"));
    }
    return Optional.of(
        new LocalityPolicy(
            setting.flag("enabled"),
            failoverOf(setting, sources),
            distributionOf(setting, sources),
            priority));
  }

  private static SortedMap<String, String> failoverOf(
      TracedFields setting, Sources.Builder sources) {
    var failover = new TreeMap<String, String>();
    for (TracedFields leg : setting.objects("failover")) {
      var from = leg.text("from").orElse("");
      var to = leg.text("to").orElse("");
      if (from.isEmpty() || to.isEmpty()) {
        leg.error(from.isEmpty() ? "from" : "to", "is missing");
      } else {
        failover.put(from, to);
        sources.add("locality.failover", leg.ref("from")).add("locality.failover", leg.ref("to"));
      }
    }
    return failover;
  }

  private static SortedMap<String, SortedMap<String, Integer>> distributionOf(
      TracedFields setting, Sources.Builder sources) {
    var distribution = new TreeMap<String, SortedMap<String, Integer>>();
    for (TracedFields from : setting.objects("distribute")) {
      var place = from.text("from").orElse("");
      if (place.isEmpty()) {
        from.error("from", "is missing");
      }
      sources.add("locality.distribution", from.ref("from"));
      var shares = new TreeMap<String, Integer>();
      var to = from.object("to");
      for (String target : to.names()) {
        to.integer(target, 0, WHOLE).ifPresent(share -> shares.put(target, share));
        sources.add("locality.distribution", to.ref(target));
      }
      distribution.put(place, shares);
    }
    return distribution;
  }
}
