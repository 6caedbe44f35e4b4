package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.ContentHash;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all endpoints of one slice have in common.
 *
 * @param family {@code IPv4} or {@code IPv6}
 * @param ports the number behind each port name of the Service
 * @param identity the DNS name that their certificate shows; empty if none
 */
record SliceGroup(String family, SortedMap<String, Integer> ports, String identity) {
  /** A total order, so that slices stand in one order. */
  static final Comparator<SliceGroup> ORDER =
      Comparator.comparing(SliceGroup::family)
          .thenComparing(group -> group.ports().toString())
          .thenComparing(SliceGroup::identity);

  private static final int HASH_LENGTH = 8;

  SliceGroup {
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
  }

  String hash() {
    return ContentHash.shortOf(
        Map.of("family", family, "ports", ports, "identity", identity), HASH_LENGTH);
  }
}
