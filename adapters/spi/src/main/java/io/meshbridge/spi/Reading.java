package io.meshbridge.spi;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.ServiceKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of native objects says.
 *
 * @param offers the services that could be read, sorted by key
 * @param unreadable the services that are there but could not be read, each with the reason
 * @param diagnostics faults found, in the order of the documents
 * @param locations where each of these services is declared, readable or not
 * @param objects the document of each object, by the reference that fields of policies name it by,
 *     such as {@code VirtualService shop/web} or {@code service-router web}
 */
public record Reading(
    List<Offer> offers,
    SortedMap<ServiceKey, String> unreadable,
    List<Diagnostic> diagnostics,
    SortedMap<ServiceKey, Location> locations,
    SortedMap<String, Document> objects) {
  /** Copies. */
  public Reading {
    offers = List.copyOf(offers);
    unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    diagnostics = List.copyOf(diagnostics);
    locations = Collections.unmodifiableSortedMap(new TreeMap<>(locations));
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** Where nobody needs to know in which document an object stands. */
  public Reading(
      List<Offer> offers,
      SortedMap<ServiceKey, String> unreadable,
      List<Diagnostic> diagnostics,
      SortedMap<ServiceKey, Location> locations) {
    this(offers, unreadable, diagnostics, locations, Collections.emptySortedMap());
  }

  /** Where the service is declared; its key if that is not known. */
  public Location locationOf(ServiceKey service) {
    return locations.getOrDefault(service, Location.of(service.toString()));
  }

  /**
   * Where a field of an object stands.
   *
   * @param object its reference, as {@link io.meshbridge.model.traffic.FieldRef} has it
   * @return empty if the object's document is not known
   */
  public Optional<Location> locationOf(String object, String path) {
    return Optional.ofNullable(objects.get(object)).map(document -> document.locationOf(path));
  }
}
