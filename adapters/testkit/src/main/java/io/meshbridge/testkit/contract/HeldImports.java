package io.meshbridge.testkit.contract;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Random imports: such as a make can hold without a loss, and any at all. */
final class HeldImports {
  private final RandomGenerator random;
  private final ModelGenerators any;

  HeldImports(RandomGenerator random) {
    this.random = random;
    this.any = new ModelGenerators(random);
  }

  /** An import of which a make that holds these fields loses nothing. */
  Import within(HeldFields held, ServiceKey service, String name) {
    var ports = portsWithin(held);
    var labels = held.holds(ModelField.LABELS) ? plainLabels("s") : new TreeMap<String, String>();
    var endpoints = new ArrayList<Endpoint>();
    int count = random.nextInt(1, 6);
    for (int i = 1; i <= count; i++) {
      endpoints.add(endpointWithin(held, i, ports));
    }
    return importOf(service, name, ports, labels, endpoints);
  }

  /**
   * Any import that a make has to write or refuse. It has an endpoint, since a make whose services
   * are their instances says nothing of one without; and no address twice, since a reader may unite
   * what answers at one place.
   */
  Import whatever(ServiceKey service, UnaryOperator<String> nameOf) {
    var ports = any.ports();
    var byAddress = new LinkedHashMap<String, Endpoint>();
    any.listOf(1, 12, () -> any.endpoint(ports))
        .forEach(endpoint -> byAddress.putIfAbsent(endpoint.address(), endpoint));
    return importOf(
        service, nameOf.apply(any.label()), ports, any.labels(), List.copyOf(byAddress.values()));
  }

  private List<ServicePort> portsWithin(HeldFields held) {
    var ports = new ArrayList<ServicePort>();
    int count = held.severalPorts() ? random.nextInt(1, 4) : 1;
    for (int i = 0; i < count; i++) {
      var protocol = any.oneOf(held.protocols().stream().sorted().toArray(AppProtocol[]::new));
      var name = held.portName().isEmpty() ? "p" + i + "-" + random.nextInt(9) : held.portName();
      // Names that sort and numbers that differ, whatever was drawn.
      ports.add(new ServicePort(name, 1_000 * (i + 1) + random.nextInt(900), protocol));
    }
    return ports;
  }

  private Endpoint endpointWithin(HeldFields held, int i, List<ServicePort> ports) {
    var numbers = new TreeMap<String, Integer>();
    // One number for each port, the same at all endpoints: some makes say it once for all.
    ports.forEach(
        port ->
            numbers.put(port.name(), held.portsDiffer() ? port.number() + 10_000 : port.number()));
    var host = held.hostNames() && random.nextInt(3) == 0;
    return new Endpoint(
        host ? "host-" + i + ".test" : "10.9.0." + i,
        numbers,
        any.oneOf(held.healths().stream().sorted().toArray(Health[]::new)),
        held.holds(ModelField.WEIGHT) ? random.nextInt(1, 65_536) : 1,
        new Locality(
            held.holds(ModelField.REGION) ? any.oneOf("eu-1", "us-2") : "",
            held.holds(ModelField.ZONE) ? any.oneOf("", "a", "b") : ""),
        held.holds(ModelField.NETWORK) ? "net-1" : "",
        held.holds(ModelField.ENDPOINT_LABELS) ? plainLabels("e") : new TreeMap<>(),
        held.holds(ModelField.IDENTITY) ? "spiffe://td/ns/a/sa/b" : "");
  }

  private SortedMap<String, String> plainLabels(String prefix) {
    var labels = new TreeMap<String, String>();
    for (String key : any.listOf(0, 3, any::label)) {
      labels.put(prefix + key.substring(0, Math.min(key.length(), 40)) + "x", any.label());
    }
    return labels;
  }

  private Import importOf(
      ServiceKey service,
      String name,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<Endpoint> endpoints) {
    return new Import(
        name,
        new Export(
            service,
            ports,
            labels,
            List.of(),
            Samples.FIRST_SEEN,
            FederationPath.startingAt(service.mesh()),
            AccessPolicy.OPEN),
        EndpointList.of(endpoints),
        Samples.mesh(service.mesh().value()));
  }
}
