package io.meshbridge.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service of another mesh, as a target mesh shall have it: decided whole, before anything is
 * written. A translator only has to say it in its mesh's words.
 *
 * @param name what clients in the target call: a host or a service name, valid in the target's
 *     {@link NameSyntax}
 * @param export the service as its mesh offers it
 * @param endpoints where it answers, in canonical order; also those that must get no traffic, for
 *     targets that can say so
 * @param origin the mesh that offers it
 * @param names what clients in the target call the other services that its policy sends requests
 *     to; those that the target does not have are missing
 */
public record Import(
    String name,
    Export export,
    EndpointList endpoints,
    MeshDescriptor origin,
    SortedMap<ServiceKey, String> names) {
  /**
   * @throws IllegalArgumentException if the name is blank, or origin and export name two meshes
   */
  public Import {
    Checks.requireText("the name of the import of " + export.key(), name, 253);
    Checks.require(
        origin.id().equals(export.key().mesh()),
        "the import of " + export.key() + " cannot come from mesh " + origin.id());
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /** A service whose policy sends no requests elsewhere. */
  public Import(String name, Export export, EndpointList endpoints, MeshDescriptor origin) {
    this(name, export, endpoints, origin, new TreeMap<>(Map.of()));
  }

  /** Which service. */
  public ServiceKey service() {
    return export.key();
  }
}
