package io.meshbridge.simulation;

import io.meshbridge.log.OutgoingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compacted topic of one partition. */
final class SimTopic {
  private static final String MARKER = "v1/snapshot";

  private final List<Stored> records = new ArrayList<>();
  private long end;
  private int epoch;

  /** A record where it stands. */
  record Stored(long offset, OutgoingRecord record) {}

  void append(List<OutgoingRecord> more) {
    for (OutgoingRecord record : more) {
      records.add(new Stored(end++, record));
    }
  }

  /** What stands from an offset on, at most so much of it. */
  List<Stored> read(long from, int atMost) {
    return records.stream().filter(stored -> stored.offset() >= from).limit(atMost).toList();
  }

  /** The last records before an offset. */
  List<Stored> before(long offset, int atMost) {
    var earlier = records.stream().filter(stored -> stored.offset() < offset).toList();
    return earlier.subList(Math.max(0, earlier.size() - atMost), earlier.size());
  }

  long end() {
    return end;
  }

  /** Grows whenever a reader has to begin again. */
  int epoch() {
    return epoch;
  }

  /** Drops what a later record of the same key has overtaken, but for the newest records. */
  void compact(int head) {
    var newest = newestByKey();
    long border = end - head;
    records.removeIf(
        stored -> stored.offset() < border && newest.get(stored.record().key()) != stored.offset());
  }

  /**
   * Drops tombstones that are the last word on their key.
   *
   * @return the highest offset that was dropped; a reader that has not passed it has to begin again
   */
  long expireTombstones() {
    var newest = newestByKey();
    var expired = new HashSet<Long>();
    for (Stored stored : records) {
      if (stored.record().isTombstone() && newest.get(stored.record().key()) == stored.offset()) {
        expired.add(stored.offset());
      }
    }
    var dead = keysOf(expired);
    long highest = -1;
    for (Stored stored : List.copyOf(records)) {
      if (dead.contains(stored.record().key())) {
        records.remove(stored);
        highest = Math.max(highest, stored.offset());
      }
    }
    return highest;
  }

  void recreate() {
    records.clear();
    end = 0;
    epoch++;
  }

  void truncate(int first) {
    records.subList(0, Math.min(first, records.size())).clear();
    epoch++;
  }

  void loseMarker() {
    records.removeIf(stored -> stored.record().key().equals(MARKER));
    epoch++;
  }

  /** The last value of each key that has one. */
  Map<String, String> values() {
    var values = new HashMap<String, String>();
    for (Stored stored : records) {
      if (stored.record().isTombstone()) {
        values.remove(stored.record().key());
      } else {
        values.put(stored.record().key(), stored.record().json());
      }
    }
    return values;
  }

  private Map<String, Long> newestByKey() {
    var newest = new HashMap<String, Long>();
    records.forEach(stored -> newest.put(stored.record().key(), stored.offset()));
    return newest;
  }

  private Set<String> keysOf(Set<Long> offsets) {
    var keys = new HashSet<String>();
    for (Stored stored : records) {
      if (offsets.contains(stored.offset())) {
        keys.add(stored.record().key());
      }
    }
    return keys;
  }
}
