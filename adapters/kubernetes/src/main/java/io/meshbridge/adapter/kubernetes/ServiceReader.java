package io.meshbridge.adapter.kubernetes;

import io.meshbridge.adapter.kubernetes.ServiceFacts.Port;
import io.meshbridge.adapter.kubernetes.ServiceReading.Readable;
import io.meshbridge.adapter.kubernetes.ServiceReading.Unreadable;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Locality;
import io.meshbridge.model.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Puts a Service and its slices together. Pure. The slices decide which number stands behind a port
 * name, so a named target port that differs from pod to pod is right for each pod.
 */
public final class ServiceReader {
  private final PortProtocols protocols;
  private final String clusterDomain;
  private final Function<ResourceKey, SortedMap<String, String>> podLabels;

  /**
   * Reads Services of a cluster with this domain, for a mesh with these rules of protocols.
   *
   * @param podLabels the labels of a pod, none if they are not known
   */
  public ServiceReader(
      PortProtocols protocols,
      String clusterDomain,
      Function<ResourceKey, SortedMap<String, String>> podLabels) {
    this.protocols = protocols;
    this.clusterDomain = clusterDomain;
    this.podLabels = podLabels;
  }

  /**
   * Reads one Service.
   *
   * @param slices those of this Service, in any order
   */
  public ServiceReading read(ServiceFacts service, Collection<SliceFacts> slices) {
    var problems = new ArrayList<>(service.problems());
    var ports = portsOf(service, problems);
    if (ports.isEmpty()) {
      return new Unreadable(service.object() + " has no port that could be offered");
    }
    if (!service.externalName().isEmpty()) {
      return external(service, ports, problems);
    }
    var endpoints = new ArrayList<Endpoint>();
    var targets = new TreeSet<Integer>();
    for (SliceFacts slice : slices) {
      problems.addAll(slice.problems());
      addEndpoints(service, slice, ports, endpoints, problems);
    }
    endpoints.forEach(endpoint -> targets.addAll(endpoint.ports().values()));
    addDeclaredTargets(service, targets);
    return new Readable(
        List.copyOf(ports.values()),
        hostnamesOf(service.key()),
        EndpointList.of(endpoints),
        targets,
        List.copyOf(problems));
  }

  /**
   * The names by which the cluster calls a Service, sorted.
   *
   * @param key the Service's namespace and name
   */
  public List<String> hostnamesOf(ResourceKey key) {
    var inNamespace = key.name() + "." + key.namespace();
    return List.of(key.name(), inNamespace + ".svc", inNamespace + ".svc." + clusterDomain);
  }

  /** By the name that the port has in Kubernetes, which is how slices call it. */
  private Map<String, ServicePort> portsOf(ServiceFacts service, List<Problem> problems) {
    var ports = new LinkedHashMap<String, ServicePort>();
    for (Port port : service.ports()) {
      if (!port.transport().equals("TCP") && !port.transport().equals("UDP")) {
        problems.add(
            Problem.unsaid(
                service.object(),
                port.path() + ".protocol",
                port.transport() + " cannot be offered; the port is left out"));
        continue;
      }
      var protocol = protocols.of(service, port);
      ports.put(port.name(), new ServicePort(nameOf(port, protocol), port.number(), protocol));
    }
    return ports;
  }

  /** A port without a name is the only one of its Service, so its protocol's word is unique. */
  private static String nameOf(Port port, AppProtocol protocol) {
    return port.name().isEmpty() ? protocol.name().toLowerCase(Locale.ROOT) : port.name();
  }

  private ServiceReading external(
      ServiceFacts service, Map<String, ServicePort> ports, List<Problem> problems) {
    var host = service.externalName();
    // The name of a Service of this cluster would carry that Service out past its own guards.
    if (host.endsWith(".svc." + clusterDomain)
        || host.endsWith(".svc")
        || host.endsWith("." + clusterDomain)) {
      return new Unreadable(
          service.object()
              + " stands for "
              + host
              + ", a name of this cluster; mark that Service for export instead");
    }
    var numbers = new TreeMap<String, Integer>();
    ports.values().forEach(port -> numbers.put(port.name(), port.number()));
    return new Readable(
        List.copyOf(ports.values()),
        hostnamesOf(service.key()),
        EndpointList.of(List.of(Endpoint.ready(host, numbers))),
        new TreeSet<>(numbers.values()),
        List.copyOf(problems));
  }

  private void addEndpoints(
      ServiceFacts service,
      SliceFacts slice,
      Map<String, ServicePort> ports,
      List<Endpoint> endpoints,
      List<Problem> problems) {
    SortedMap<String, Integer> numbers = new TreeMap<>();
    slice
        .ports()
        .forEach(
            (name, number) -> {
              var port = ports.get(name);
              if (port != null) {
                numbers.put(port.name(), number);
              }
            });
    if (numbers.isEmpty()) {
      if (!slice.endpoints().isEmpty()) {
        problems.add(
            Problem.unsaid(
                service.object(),
                "spec.ports",
                "a slice with "
                    + slice.endpoints().size()
                    + " endpoints gives no number for any port of the Service"));
      }
      return;
    }
    for (SliceFacts.Place place : slice.endpoints()) {
      endpoints.add(endpointOf(place, numbers, slice));
    }
  }

  private Endpoint endpointOf(
      SliceFacts.Place place, SortedMap<String, Integer> numbers, SliceFacts slice) {
    return new Endpoint(
        place.address(),
        numbers,
        place.health(),
        1,
        new Locality("", place.zone()),
        "",
        place.pod().isEmpty()
            ? new TreeMap<>()
            : podLabels.apply(new ResourceKey(slice.service().namespace(), place.pod())),
        slice.identity());
  }

  private static void addDeclaredTargets(ServiceFacts service, TreeSet<Integer> targets) {
    for (Port port : service.ports()) {
      if (port.targetPort().chars().allMatch(Character::isDigit)
          && port.targetPort().length() <= 5) {
        targets.add(Integer.parseInt(port.targetPort()));
      }
    }
  }
}
