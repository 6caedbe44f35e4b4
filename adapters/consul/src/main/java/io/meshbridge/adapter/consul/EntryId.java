package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import java.util.Comparator;

/** Which config entry; ordered as the server takes them. */
record EntryId(ConfigKind kind, String name) implements Comparable<EntryId> {
  private static final Comparator<EntryId> ORDER =
      Comparator.comparing(EntryId::kind).thenComparing(EntryId::name);

  static EntryId of(WantedEntry wanted) {
    return new EntryId(wanted.kind(), wanted.name());
  }

  @Override
  public int compareTo(EntryId other) {
    return ORDER.compare(this, other);
  }

  /** For people. */
  @Override
  public String toString() {
    return kind.word() + " " + name;
  }
}
