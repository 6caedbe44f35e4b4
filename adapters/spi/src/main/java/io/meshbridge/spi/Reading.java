package io.meshbridge.spi;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a set of native objects says.
 *
 * @param offers the services that could be read, sorted by key
 * @param unreadable the services that are there but could not be read, each with the reason
 * @param diagnostics faults found, in the order of the documents
 */
public record Reading(
    List<Offer> offers, SortedMap<ServiceKey, String> unreadable, List<Diagnostic> diagnostics) {
  /** Copies. */
  public Reading {
    offers = List.copyOf(offers);
    unreadable = new TreeMap<>(unreadable);
    diagnostics = List.copyOf(diagnostics);
  }
}
