package io.meshbridge.model;

import java.util.Collections;
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
 * @param others these services as their mesh offers them, for targets in which a route depends on
 *     what it leads to; those of which that is not known are missing
 * @param namespace where its objects are put, for targets that have namespaces; where the target's
 *     adapter puts them if empty
 */
public record Import(
    String name,
    Export export,
    EndpointList endpoints,
    MeshDescriptor origin,
    SortedMap<ServiceKey, String> names,
    SortedMap<ServiceKey, Export> others,
    String namespace) {
  /**
   * @throws IllegalArgumentException if the name is blank, or origin and export name two meshes
   */
  public Import {
    Checks.requireText("the name of the import of " + export.key(), name, 253);
    Checks.require(
        origin.id().equals(export.key().mesh()),
        "the import of " + export.key() + " cannot come from mesh " + origin.id());
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /** A service that is put where its target's adapter puts it. */
  public Import(
      String name,
      Export export,
      EndpointList endpoints,
      MeshDescriptor origin,
      SortedMap<ServiceKey, String> names,
      SortedMap<ServiceKey, Export> others) {
    this(name, export, endpoints, origin, names, others, "");
  }

  /** A service of whose policy's destinations nothing is known but their names. */
  public Import(
      String name,
      Export export,
      EndpointList endpoints,
      MeshDescriptor origin,
      SortedMap<ServiceKey, String> names) {
    this(name, export, endpoints, origin, names, Collections.emptySortedMap());
  }

  /** A service whose policy sends no requests elsewhere. */
  public Import(String name, Export export, EndpointList endpoints, MeshDescriptor origin) {
    this(name, export, endpoints, origin, Collections.emptySortedMap());
  }

  /** Which service. */
  public ServiceKey service() {
    return export.key();
  }
}
