package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.SaidFields;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One config entry as it stands.
 *
 * @param fields without its kind, name, meta and indexes
 * @param modifyIndex for check-and-set
 */
record StandingEntry(
    EntryId id, Map<String, Object> fields, SortedMap<String, String> meta, long modifyIndex) {
  private static final Set<String> AROUND =
      Set.of(
          "kind", "name", "namespace", "partition", "meta", "createindex", "modifyindex", "hash");

  /** As the server tells it. */
  static StandingEntry of(ConfigKind kind, Map<String, Object> told) {
    var fields = new LinkedHashMap<>(told);
    fields.keySet().removeIf(field -> AROUND.contains(Fields.canonical(field)));
    return new StandingEntry(
        new EntryId(kind, Fields.text(told, "Name")),
        fields,
        new TreeMap<>(Fields.texts(told, "Meta")),
        Fields.index(told, "ModifyIndex"));
  }

  Optional<Ownership> ownership() {
    return Ownership.fromMarks(Marks.CONSUL, meta);
  }

  /** Whether it says what we want, in every field. */
  boolean says(WantedEntry wanted) {
    return meta.equals(wanted.meta()) && SaidFields.same(wanted.fields(), fields);
  }

  /** Whether it declares the same protocol, which is all that we want of such an entry. */
  boolean declaresProtocolOf(WantedEntry wanted) {
    return Fields.text(fields, "Protocol")
        .equalsIgnoreCase(Fields.text(wanted.fields(), "Protocol"));
  }

  /** Who holds the name, in Consul's words. */
  String describe() {
    return id.toString();
  }
}
