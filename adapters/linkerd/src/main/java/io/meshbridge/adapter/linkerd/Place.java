package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.Health;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One endpoint as it stands in a slice.
 *
 * @param group which slices it may stand in
 * @param address an IP address in its canonical spelling
 * @param health what its conditions say
 * @param zone empty if not known
 */
record Place(SliceGroup group, String address, Health health, String zone) {
  /** The order in which places stand, the best of one place first. */
  static final Comparator<Place> ORDER =
      Comparator.comparing(Place::address)
          .thenComparing(place -> place.group().ports().toString())
          .thenComparing(Place::health)
          .thenComparing(place -> place.group().identity())
          .thenComparing(Place::zone);

  /** Whether both are one place, whatever is said of it. */
  boolean isSamePlaceAs(Place other) {
    return address.equals(other.address) && group.ports().equals(other.group.ports());
  }

  Map<String, Object> manifest() {
    var endpoint = new LinkedHashMap<String, Object>();
    endpoint.put("addresses", List.of(address));
    var conditions = new LinkedHashMap<String, Object>();
    switch (health) {
      case READY, WARNING -> put(conditions, true, true, false);
      case DRAINING -> put(conditions, false, true, true);
      case NOT_READY -> put(conditions, false, false, false);
    }
    endpoint.put("conditions", conditions);
    if (!zone.isEmpty()) {
      endpoint.put("zone", zone);
    }
    return endpoint;
  }

  private static void put(
      Map<String, Object> conditions, boolean ready, boolean serving, boolean terminating) {
    conditions.put("ready", ready);
    conditions.put("serving", serving);
    conditions.put("terminating", terminating);
  }
}
