package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.ContentHash;
import io.meshbridge.spi.NativeDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A config entry as we want it.
 *
 * @param kind what it is
 * @param name the service that it belongs to
 * @param fields all that we own of it, in the order in which it is printed, without kind, name and
 *     meta
 * @param meta our marks
 */
public record WantedEntry(
    ConfigKind kind, String name, Map<String, Object> fields, SortedMap<String, String> meta) {
  /** Copies. */
  public WantedEntry {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    meta = Collections.unmodifiableSortedMap(new TreeMap<>(meta));
  }

  static WantedEntry of(ConfigKind kind, String name, Map<String, Object> fields) {
    return new WantedEntry(kind, name, fields, Collections.emptySortedMap());
  }

  /** Over everything but the marks. */
  public String contentHash() {
    return ContentHash.of(Map.of("kind", kind.word(), "name", name, "fields", fields));
  }

  /** With these marks. */
  public WantedEntry withMeta(SortedMap<String, String> marks) {
    return new WantedEntry(kind, name, fields, marks);
  }

  /** For people. */
  public String reference() {
    return kind.word() + " " + name;
  }

  /** As the server and its command line take it. */
  public LinkedHashMap<String, Object> content() {
    var content = new LinkedHashMap<String, Object>();
    content.put("Kind", kind.word());
    content.put("Name", name);
    content.putAll(fields);
    content.put("Meta", new TreeMap<>(meta));
    return content;
  }

  /** To be printed. */
  public NativeDocument toDocument() {
    return new NativeDocument(kind.word() + "-" + name, content());
  }
}
