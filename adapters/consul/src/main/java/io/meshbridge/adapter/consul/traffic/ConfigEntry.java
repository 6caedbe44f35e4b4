package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One config entry as somebody wrote it.
 *
 * @param kind what it is
 * @param name the service that it belongs to; {@code global} for those of the whole datacenter
 * @param partition of Consul Enterprise; empty if it names none
 * @param resource whether it is a resource of Consul on Kubernetes
 * @param document it
 */
public record ConfigEntry(
    ConfigKind kind, ServiceName name, String partition, boolean resource, Document document) {
  private static final String GROUP = "consul.hashicorp.com/";

  /** What every entry bears and what says nothing of traffic. */
  private static final List<String> ABOUT_ITSELF =
      List.of("Kind", "Name", "Namespace", "Meta", "CreateIndex", "ModifyIndex", "Hash", "Status");

  private static final List<String> ABOUT_RESOURCE =
      List.of("apiVersion", "kind", "metadata", "status");

  /** An entry while it is read. */
  record Opened(ObjectTrace trace, TracedFields fields) {}

  /** The entry in the document; empty if that is something else, or of another kind. */
  public static Optional<ConfigEntry> of(Document document) {
    var content = document.content();
    return text(content, "apiVersion").startsWith(GROUP)
        ? resource(document)
        : ConfigKind.ofWord(text(content, "Kind"))
            .map(
                kind ->
                    new ConfigEntry(
                        kind,
                        ServiceName.of(text(content, "Namespace"), text(content, "Name")),
                        text(content, "Partition"),
                        false,
                        document));
  }

  /**
   * An entry as a server tells it, which writes out what is empty; empty if it is of another kind.
   */
  public static Optional<ConfigEntry> live(Map<String, ?> told) {
    var said = new TreeMap<String, Object>(said(told));
    // They change with every write, also if nothing else does.
    said.remove("CreateIndex");
    said.remove("ModifyIndex");
    said.remove("Hash");
    return of(new Document(Location.of("config"), said, Map.of()))
        .map(
            entry ->
                new ConfigEntry(
                    entry.kind,
                    entry.name,
                    entry.partition,
                    false,
                    new Document(Location.of(entry.reference()), said, Map.of())));
  }

  private static Optional<ConfigEntry> resource(Document document) {
    var metadata = object(document.content(), "metadata");
    // Without Enterprise all namespaces of Kubernetes are one in Consul.
    return ConfigKind.ofResource(text(document.content(), "kind"))
        .map(
            kind ->
                new ConfigEntry(
                    kind, ServiceName.of("", text(metadata, "name")), "", true, document));
  }

  /** Whether it is for the whole datacenter. */
  public boolean isGlobal() {
    return name.equals(ConfigEntries.GLOBAL);
  }

  /** For people, such as {@code service-router web}. */
  public String reference() {
    return resource
        ? kind.resource() + " " + resourceName(object(document.content(), "metadata"))
        : kind.word() + " " + name;
  }

  private static String resourceName(Map<String, Object> metadata) {
    var namespace = text(metadata, "namespace");
    return namespace.isEmpty() ? text(metadata, "name") : namespace + "/" + text(metadata, "name");
  }

  /** The services of a datacenter are not told apart by partition, so neither are its entries. */
  private static void readPartition(TracedFields root) {
    if (!root.text("Partition").orElse("").matches("|default")) {
      root.approximate(
          "Partition",
          "partitions are not told apart: it counts for a service of that name in any",
          "make a mesh of each partition");
    }
  }

  /** Begins to read it: what stands in every entry is accounted for. */
  Opened open() {
    var trace = new ObjectTrace(reference(), document::locationOf, Spelling::canonical);
    var root = trace.read(document.content(), "");
    if (resource) {
      ABOUT_RESOURCE.forEach(root::ignore);
      return new Opened(trace, root.object("spec"));
    }
    ABOUT_ITSELF.forEach(root::ignore);
    readPartition(root);
    return new Opened(trace, root);
  }

  /** A text of the entry's meta. */
  public Map<String, String> meta() {
    var meta = new LinkedHashMap<String, String>();
    object(document.content(), "Meta").forEach((key, value) -> meta.put(key, value.toString()));
    return meta;
  }

  /** Whether its owner asks to export what it declares. */
  public boolean isMarked() {
    var metadata = object(document.content(), "metadata");
    return Stream.of(
            text(object(document.content(), "Meta"), Marks.CONSUL.export()),
            text(object(metadata, "labels"), Marks.KUBERNETES.export()),
            text(object(metadata, "annotations"), Marks.KUBERNETES.export()))
        .anyMatch("true"::equals);
  }

  /** The protocol that it declares; empty if none. */
  String protocol() {
    var said = resource ? object(document.content(), "spec") : document.content();
    return switch (kind) {
      case SERVICE_DEFAULTS -> text(said, "Protocol");
      case PROXY_DEFAULTS -> text(object(said, "Config"), "Protocol");
      case SERVICE_RESOLVER, SERVICE_SPLITTER, SERVICE_ROUTER, INGRESS_GATEWAY -> "";
    };
  }

  private static String text(Map<String, ?> object, String field) {
    return value(object, field).map(Object::toString).orElse("");
  }

  private static Map<String, Object> object(Map<String, ?> object, String field) {
    var found = new LinkedHashMap<String, Object>();
    if (value(object, field).orElse("") instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value != null) {
              found.put(String.valueOf(key), value);
            }
          });
    }
    return found;
  }

  private static Optional<Object> value(Map<String, ?> object, String field) {
    if (object.containsKey(field)) {
      return Optional.ofNullable(object.get(field));
    }
    var wanted = Spelling.canonical(field);
    return object.entrySet().stream()
        .filter(entry -> Spelling.canonical(entry.getKey()).equals(wanted))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  /** Without what is empty. */
  private static Map<String, Object> said(Map<?, ?> told) {
    var said = new LinkedHashMap<String, Object>();
    told.forEach(
        (key, value) -> said(value).ifPresent(some -> said.put(String.valueOf(key), some)));
    return said;
  }

  private static Optional<Object> said(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Map<?, ?> map -> {
        var said = said(map);
        yield said.isEmpty() ? Optional.empty() : Optional.of(said);
      }
      case List<?> list -> {
        var said = new ArrayList<Object>();
        // Within a list also what is empty counts: a route without a match takes all.
        list.forEach(item -> said.add(said(item).orElse(Map.of())));
        yield said.isEmpty() ? Optional.empty() : Optional.of(said);
      }
      default -> Optional.of(value);
    };
  }
}
