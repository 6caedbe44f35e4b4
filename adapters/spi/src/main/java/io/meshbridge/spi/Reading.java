package io.meshbridge.spi;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.ServiceKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of native objects says.
 *
 * @param offers the services that could be read, sorted by key
 * @param unreadable the services that are there but could not be read, each with the reason
 * @param diagnostics faults found, in the order of the documents
 * @param locations where each of these services is declared, readable or not
 */
public record Reading(
    List<Offer> offers,
    SortedMap<ServiceKey, String> unreadable,
    List<Diagnostic> diagnostics,
    SortedMap<ServiceKey, Location> locations) {
  /** Copies. */
  public Reading {
    offers = List.copyOf(offers);
    unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    diagnostics = List.copyOf(diagnostics);
    locations = Collections.unmodifiableSortedMap(new TreeMap<>(locations));
  }

  /** Where the service is declared; its key if that is not known. */
  public Location locationOf(ServiceKey service) {
    return locations.getOrDefault(service, Location.of(service.toString()));
  }
}
