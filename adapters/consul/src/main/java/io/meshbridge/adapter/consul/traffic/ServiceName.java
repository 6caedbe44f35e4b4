package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Comparator;

/**
 * A service within its datacenter.
 *
 * @param namespace the namespace of Consul Enterprise, else {@code default}
 * @param name as Consul spells it
 */
public record ServiceName(String namespace, String name) implements Comparable<ServiceName> {
  /** The namespace of those who know none. */
  public static final String DEFAULT_NAMESPACE = "default";

  private static final Comparator<ServiceName> ORDER =
      Comparator.comparing(ServiceName::namespace).thenComparing(ServiceName::name);

  /** In this namespace; in the default one if that is empty. */
  public static ServiceName of(String namespace, String name) {
    return new ServiceName(namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace, name);
  }

  /** The service in the whole federation. */
  public ServiceKey in(MeshId mesh) {
    return new ServiceKey(mesh, namespace, name);
  }

  @Override
  public int compareTo(ServiceName other) {
    return ORDER.compare(this, other);
  }

  /** For people. */
  @Override
  public String toString() {
    return namespace.equals(DEFAULT_NAMESPACE) ? name : namespace + "/" + name;
  }
}
