package io.meshbridge.model;

import java.util.Comparator;

/**
 * Which service is meant, in the whole federation.
 *
 * @param mesh the mesh that offers it
 * @param namespace the Kubernetes namespace; for Consul the Enterprise namespace, else {@code
 *     default}; at most 253 characters
 * @param name the service's name in its mesh's own spelling; at most 253 characters
 */
public record ServiceKey(MeshId mesh, String namespace, String name)
    implements Comparable<ServiceKey> {
  private static final int MAX_LENGTH = 253;
  private static final Comparator<ServiceKey> ORDER =
      Comparator.comparing(ServiceKey::mesh)
          .thenComparing(ServiceKey::namespace)
          .thenComparing(ServiceKey::name);

  /**
   * @throws IllegalArgumentException if namespace or name are blank, too long, or hold control
   *     characters
   */
  public ServiceKey {
    Checks.requireText("a service's namespace", namespace, MAX_LENGTH);
    Checks.requireText("a service's name", name, MAX_LENGTH);
  }

  @Override
  public int compareTo(ServiceKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code mesh/namespace/name}, for people. Never parsed back. */
  @Override
  public String toString() {
    return mesh + "/" + namespace + "/" + name;
  }
}
