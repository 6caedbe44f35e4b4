package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Spreads endpoints over slices. A group that is too large for one slice is halved by a hash of
 * each address, and a half that still is too large again: so an endpoint more or less changes one
 * slice, and at most splits that one.
 */
final class SlicePlan {
  private static final int MOST = 1000;
  private static final int HASH_DIGITS = 8;
  private static final int HASH_BITS = 4 * HASH_DIGITS;
  private static final int HEXADECIMAL = 16;

  private SlicePlan() {}

  /**
   * One slice.
   *
   * @param places in canonical order
   */
  record Slice(String name, SliceGroup group, List<Place> places) {}

  private record Hashed(Place place, long hash) {}

  /** The slices for these places, sorted by name within their groups. */
  static List<Slice> of(String service, List<Place> places) {
    var groups = new TreeMap<SliceGroup, List<Place>>(SliceGroup.ORDER);
    places.forEach(p -> groups.computeIfAbsent(p.group(), g -> new ArrayList<>()).add(p));
    var slices = new ArrayList<Slice>();
    groups.forEach(
        (group, members) -> {
          var prefix = service + "-" + group.hash() + "-";
          if (members.size() <= MOST) {
            slices.add(new Slice(prefix + 1, group, List.copyOf(members)));
          } else {
            split(prefix, group, hashed(members), 0, 1, slices);
          }
        });
    return slices;
  }

  /**
   * Splits until each part has room.
   *
   * @param depth how many bits of the hash the parts have in common
   * @param number those bits after a leading one, so that no two parts share a number
   */
  private static void split(
      String prefix,
      SliceGroup group,
      List<Hashed> members,
      int depth,
      long number,
      List<Slice> slices) {
    if (members.isEmpty()) {
      return;
    }
    if (members.size() <= MOST) {
      slices.add(new Slice(prefix + number, group, members.stream().map(Hashed::place).toList()));
      return;
    }
    if (depth == HASH_BITS) {
      chunk(prefix + number, group, members, slices);
      return;
    }
    for (long bit = 0; bit <= 1; bit++) {
      long wanted = bit;
      int shift = HASH_BITS - 1 - depth;
      var half = members.stream().filter(m -> (m.hash() >> shift & 1) == wanted).toList();
      split(prefix, group, half, depth + 1, number * 2 + bit, slices);
    }
  }

  /** Addresses whose hashes are all the same: there is no better order than their own. */
  private static void chunk(
      String name, SliceGroup group, List<Hashed> members, List<Slice> slices) {
    for (int from = 0; from < members.size(); from += MOST) {
      var part = members.subList(from, Math.min(from + MOST, members.size()));
      slices.add(
          new Slice(name + "-" + from / MOST, group, part.stream().map(Hashed::place).toList()));
    }
  }

  private static List<Hashed> hashed(List<Place> places) {
    return places.stream()
        .map(
            place ->
                new Hashed(
                    place,
                    Long.parseLong(ContentHash.shortOf(place.address(), HASH_DIGITS), HEXADECIMAL)))
        .toList();
  }
}
