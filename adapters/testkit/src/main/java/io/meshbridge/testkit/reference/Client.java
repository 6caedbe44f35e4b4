package io.meshbridge.testkit.reference;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who sends a request.
 *
 * @param namespace in which it runs
 * @param labels of its workload
 */
public record Client(String namespace, SortedMap<String, String> labels) {
  /** A workload without labels in the namespace {@code default}. */
  public static final Client ANY = new Client("default", new TreeMap<>());

  /** Copies. */
  public Client {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
