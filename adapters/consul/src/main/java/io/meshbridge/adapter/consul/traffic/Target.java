package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an entry sends requests, before what other entries make of it.
 *
 * @param service which one
 * @param subset of it; empty if none is named
 * @param refs the fields that say so
 * @param fields where they stand; empty if nobody says it
 */
record Target(
    ServiceName service, String subset, List<FieldRef> refs, Optional<TracedFields> fields) {
  /** What is said of a place that no reference within the mesh can name. */
  private static final String ELSEWHERE =
      "export the service from there and import it here instead";

  private static final List<String> HERE = List.of("Service", "ServiceSubset", "Namespace");

  Target {
    refs = List.copyOf(refs);
  }

  static Target of(ServiceName service) {
    return new Target(service, "", List.of(), Optional.empty());
  }

  /**
   * Reads {@code Service}, {@code ServiceSubset}, {@code Namespace} and the fields that lead out of
   * the mesh.
   *
   * @param consequence what becomes of the requests if it leads out of the mesh
   * @return empty if it does
   */
  static Optional<Target> read(TracedFields fields, ConfigEntry owner, String consequence) {
    var refs = new ArrayList<FieldRef>();
    var namespace = read(fields, "Namespace", refs).orElse(owner.name().namespace());
    var service = read(fields, "Service", refs).orElse(owner.name().name());
    var subset = read(fields, "ServiceSubset", refs).orElse("");
    if (leavesMesh(fields, owner, consequence)) {
      for (String field : HERE) {
        fields.drop(field, "it is called in another mesh: " + consequence, ELSEWHERE);
      }
      return Optional.empty();
    }
    return Optional.of(
        new Target(ServiceName.of(namespace, service), subset, refs, Optional.of(fields)));
  }

  private static Optional<String> read(TracedFields fields, String name, List<FieldRef> refs) {
    var text = fields.text(name).filter(said -> !said.isEmpty());
    text.ifPresent(said -> refs.add(fields.ref(name)));
    return text;
  }

  private static boolean leavesMesh(TracedFields fields, ConfigEntry owner, String consequence) {
    var leaves = false;
    var home = owner.partition().isEmpty() ? "default" : owner.partition();
    if (!fields.text("Partition").orElse(home).equals(home)) {
      fields.drop("Partition", "another partition is another mesh: " + consequence, ELSEWHERE);
      leaves = true;
    }
    for (String field : List.of("Datacenter", "Peer", "SamenessGroup")) {
      if (fields.has(field)) {
        fields.drop(field, "this leads into another mesh: " + consequence, ELSEWHERE);
        leaves = true;
      }
    }
    return leaves;
  }
}
