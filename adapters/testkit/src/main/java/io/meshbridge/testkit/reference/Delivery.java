package io.meshbridge.testkit.reference;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a request arrives at the place that answers it, and what of its answer comes back.
 *
 * @param endpoints one of which gets it, as {@code <address>:<port>}; none if nobody is there
 * @param path as the endpoint sees it
 * @param authority that it names to the endpoint; empty for the one that the client gave
 * @param headers as the endpoint sees them, all values of each
 * @param answer the headers of the answer as the client sees them
 */
public record Delivery(
    SortedSet<String> endpoints,
    String path,
    String authority,
    SortedMap<String, List<String>> headers,
    SortedMap<String, List<String>> answer)
    implements Comparable<Delivery> {
  /** It arrives nowhere. */
  public static final Delivery NOWHERE =
      new Delivery(new TreeSet<>(), "", "", new TreeMap<>(), new TreeMap<>());

  private static final Comparator<Delivery> ORDER =
      Comparator.<Delivery, String>comparing(delivery -> delivery.endpoints().toString())
          .thenComparing(Delivery::path)
          .thenComparing(Delivery::authority)
          .thenComparing(delivery -> delivery.headers().toString())
          .thenComparing(delivery -> delivery.answer().toString());

  /** Copies. */
  public Delivery {
    endpoints = Collections.unmodifiableSortedSet(new TreeSet<>(endpoints));
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    answer = Collections.unmodifiableSortedMap(new TreeMap<>(answer));
  }

  @Override
  public int compareTo(Delivery other) {
    return ORDER.compare(this, other);
  }
}
