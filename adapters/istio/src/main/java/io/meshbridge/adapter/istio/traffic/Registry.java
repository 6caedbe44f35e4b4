package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which service a host stands for.
 *
 * @param mesh the mesh that all services belong to
 * @param names how hosts are spelled
 * @param entries the ServiceEntry that lists a host, of those that are known
 */
public record Registry(
    MeshId mesh, HostNames names, Function<String, Optional<ResourceKey>> entries) {
  /** The service that a whole name stands for, if one is known or can be told from the name. */
  Optional<ServiceKey> serviceOf(String host) {
    return names
        .serviceOf(host)
        .or(() -> entries.apply(host))
        .map(key -> new ServiceKey(mesh, key.namespace(), key.name()));
  }

  /** The service of a host that no object declares: its own name serves as the service's. */
  public ServiceKey serviceNamed(String host, String namespace) {
    return serviceOf(host).orElseGet(() -> new ServiceKey(mesh, namespace, host));
  }

  /** What Istio would look up a Service of that name under. */
  List<String> hostsOf(ServiceKey service) {
    return List.of(names.hostOf(new ResourceKey(service.namespace(), service.name())));
  }
}
