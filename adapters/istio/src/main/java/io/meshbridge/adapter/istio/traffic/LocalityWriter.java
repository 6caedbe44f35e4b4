package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.LocalityPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says which places are preferred. Istio shares traffic out or fails over, and not both. */
final class LocalityWriter {
  private static final int WHOLE = 100;
  private static final String SHARES = "Istio wants shares of places that add up to 100";

  private LocalityWriter() {}

  /**
   * The field {@code localityLbSetting}.
   *
   * @param path how losses call the fields of the policy, with a dot at the end
   */
  static Map<String, Object> of(LocalityPolicy places, String path, LossList losses) {
    var written = new LinkedHashMap<String, Object>();
    places.enabled().ifPresent(enabled -> written.put("enabled", enabled));
    if (!places.distribution().isEmpty()) {
      if (places.distribution().values().stream().allMatch(LocalityWriter::isWhole)) {
        written.put("distribute", distributionOf(places));
        if (!places.failover().isEmpty()) {
          losses.dropped(path + "failover", "Istio does not fail over where it shares out");
        }
      } else {
        losses.dropped(path + "distribution", SHARES);
        putFailover(written, places);
      }
    } else {
      putFailover(written, places);
    }
    putPriority(written, places, path, losses);
    return written;
  }

  private static boolean isWhole(Map<String, Integer> shares) {
    return shares.values().stream().mapToInt(Integer::intValue).sum() == WHOLE;
  }

  private static Object distributionOf(LocalityPolicy places) {
    return places.distribution().entrySet().stream()
        .map(
            from -> {
              var fields = new LinkedHashMap<String, Object>();
              fields.put("from", from.getKey());
              var to = new TreeMap<>(from.getValue());
              // Who gets nothing is not named.
              to.values().removeIf(share -> share == 0);
              fields.put("to", to);
              return fields;
            })
        .collect(Collectors.toList());
  }

  private static void putFailover(Map<String, Object> written, LocalityPolicy places) {
    if (places.failover().isEmpty()) {
      return;
    }
    written.put(
        "failover",
        places.failover().entrySet().stream()
            .map(
                leg -> {
                  var fields = new LinkedHashMap<String, Object>();
                  fields.put("from", leg.getKey());
                  fields.put("to", leg.getValue());
                  return fields;
                })
            .collect(Collectors.toList()));
  }

  private static void putPriority(
      Map<String, Object> written, LocalityPolicy places, String path, LossList losses) {
    if (places.priority().isEmpty()) {
      return;
    }
    boolean byPlace = places.priority().stream().anyMatch(label -> label.startsWith("topology."));
    if (written.containsKey("failover") && byPlace) {
      losses.dropped(path + "priority", "Istio takes no places here beside a failover");
    } else {
      written.put("failoverPriority", places.priority());
    }
  }
}
