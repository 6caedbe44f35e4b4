package io.meshbridge.testkit.contract;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service that people run in the mesh, in no mesh's words. It has one port; its endpoints are
 * ready and answer on 8080.
 *
 * @param name a DNS label
 * @param marked whether it bears the export mark
 * @param labels what people say of it, in characters that every mesh takes
 * @param addresses IPv4 addresses
 */
public record HomeService(
    String name, boolean marked, SortedMap<String, String> labels, List<String> addresses) {
  /** The port on which its endpoints answer. */
  public static final int PORT = 8080;

  /** Copies. */
  public HomeService {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    addresses = List.copyOf(addresses);
  }

  /** A service that is offered to the federation. */
  public static HomeService marked(String name, String... addresses) {
    return new HomeService(name, true, new TreeMap<>(Map.of("app", name)), List.of(addresses));
  }

  /** The same without the mark. */
  public HomeService unmarked() {
    return new HomeService(name, false, labels, addresses);
  }

  /** The same at other addresses. */
  public HomeService at(String... others) {
    return new HomeService(name, marked, labels, List.of(others));
  }
}
