package io.meshbridge.it;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service as a test wants it to be in its own mesh: the facts that every make of mesh can say.
 *
 * @param name a DNS label
 * @param port where every instance listens
 * @param instances whether each address is healthy; at least one address
 */
record Shop(String name, int port, SortedMap<String, Boolean> instances) {
  Shop {
    instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
  }

  /** With one healthy instance. */
  static Shop of(String name, int port, String address) {
    return new Shop(name, port, new TreeMap<>()).with(address, true);
  }

  Shop with(String address, boolean healthy) {
    var more = new TreeMap<>(instances);
    more.put(address, healthy);
    return new Shop(name, port, more);
  }

  Shop without(String address) {
    var fewer = new TreeMap<>(instances);
    fewer.remove(address);
    return new Shop(name, port, fewer);
  }

  Shop on(int otherPort) {
    return new Shop(name, otherPort, instances);
  }
}
