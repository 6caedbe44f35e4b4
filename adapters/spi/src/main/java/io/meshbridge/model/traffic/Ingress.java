package io.meshbridge.model.traffic;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Where requests from outside come into a mesh. What becomes of them is said by the rules of the
 * same service's {@link TrafficPolicy}: each carries the port of its listener, and its hosts where
 * it is not for all of them ({@link HostConditions}). A backend without a port means the only one
 * that its service has, or else the one of the listener's number. A reader that does not understand
 * all of it must not apply the export.
 *
 * @param listeners in the order in which their owner declared them; their names are unique
 */
public record Ingress(List<Listener> listeners) {
  /** How losses call it: the field of an export that it is. */
  public static final String FIELD = "ingress";

  // A Service's name holds no dot, so that no gateway is ever taken for a service.
  private static final String SUFFIX = ".gateway";

  /**
   * @throws IllegalArgumentException if there is no listener, or if two of them have one name
   */
  public Ingress {
    listeners = List.copyOf(listeners);
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("an ingress needs a listener");
    }
    var names = new HashSet<String>();
    for (Listener listener : listeners) {
      if (!names.add(listener.name())) {
        throw new IllegalArgumentException("two listeners are named '" + listener.name() + "'");
      }
    }
  }

  /**
   * The key of the service that a gateway is for the federation.
   *
   * @throws IllegalArgumentException if the gateway's name is too long for it
   */
  public static ServiceKey keyOf(MeshId mesh, String namespace, String gateway) {
    return new ServiceKey(mesh, namespace, nameOf(gateway));
  }

  /** The name of the service that a gateway of this name is. */
  public static String nameOf(String gateway) {
    return gateway + SUFFIX;
  }

  /** The name of the gateway that a service of this name is; empty if it is none. */
  public static Optional<String> gatewayOf(String service) {
    return service.endsWith(SUFFIX)
        ? Optional.of(service.substring(0, service.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** The ports of its listeners, each once, by the name of the first listener there. */
  public List<ServicePort> ports() {
    var ports = new LinkedHashMap<Integer, ServicePort>();
    for (Listener listener : listeners) {
      ports.putIfAbsent(
          listener.port(), new ServicePort(listener.name(), listener.port(), listener.protocol()));
    }
    return List.copyOf(ports.values());
  }

  /** The listeners of a port. */
  public List<Listener> at(int port) {
    return listeners.stream().filter(listener -> listener.port() == port).toList();
  }

  /**
   * The native fields that a field was read from.
   *
   * @param path such as {@code listeners[0].tls.mode}
   * @return empty if that is not known
   */
  public List<FieldRef> sourcesOf(String path) {
    return PolicyPath.parse(path)
        .filter(found -> found.part().equals("listeners"))
        .map(this::sourcesAt)
        .orElse(List.of());
  }

  private List<FieldRef> sourcesAt(PolicyPath path) {
    if (path.index().isEmpty()) {
      return listeners.stream()
          .flatMap(listener -> listener.sources().of("").stream())
          .distinct()
          .toList();
    }
    return path.number()
        .filter(number -> number < listeners.size())
        .map(number -> listeners.get(number).sources().of(path.field()))
        .orElse(List.of());
  }

  /** The same, without where it was declared. */
  public Ingress withoutSources() {
    return new Ingress(listeners.stream().map(Listener::withoutSources).toList());
  }
}
