package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.spi.Document;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How people call config entries: {@code service-router web}, {@code ServiceRouter shop/web}. */
final class EntryReferences {
  private EntryReferences() {}

  /** The documents that are config entries, each by its reference. */
  static SortedMap<String, Document> in(List<Document> documents) {
    var entries = new TreeMap<String, Document>();
    for (Document document : documents) {
      var reference = of(document);
      if (!reference.isEmpty()) {
        entries.put(reference, document);
      }
    }
    return entries;
  }

  private static String of(Document document) {
    var content = document.content();
    if (Fields.has(content, "Port")) {
      // An instance of a gateway has the kind and name of its entry.
      return "";
    }
    if (Fields.text(content, "apiVersion").startsWith("consul.hashicorp.com/")) {
      var metadata = Fields.object(content, "metadata");
      return reference(
          Fields.text(content, "kind"),
          Fields.text(metadata, "namespace"),
          Fields.text(metadata, "name"));
    }
    var namespace = Fields.text(content, "Namespace");
    return reference(
        Fields.text(content, "Kind"),
        namespace.equals(ServiceName.DEFAULT_NAMESPACE) ? "" : namespace,
        Fields.text(content, "Name"));
  }

  private static String reference(String kind, String namespace, String name) {
    if (kind.isEmpty() || name.isEmpty()) {
      return "";
    }
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
