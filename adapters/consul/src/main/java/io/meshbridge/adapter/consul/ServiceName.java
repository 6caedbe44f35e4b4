package io.meshbridge.adapter.consul;

import java.util.Comparator;

/**
 * A service within its datacenter.
 *
 * @param namespace the namespace of Consul Enterprise, else {@code default}
 * @param name as Consul spells it
 */
record ServiceName(String namespace, String name) implements Comparable<ServiceName> {
  static final String DEFAULT_NAMESPACE = "default";
  private static final Comparator<ServiceName> ORDER =
      Comparator.comparing(ServiceName::namespace).thenComparing(ServiceName::name);

  static ServiceName of(String namespace, String name) {
    return new ServiceName(namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace, name);
  }

  @Override
  public int compareTo(ServiceName other) {
    return ORDER.compare(this, other);
  }
}
