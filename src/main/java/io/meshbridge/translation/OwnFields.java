package io.meshbridge.translation;

import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** The fields that every service has, each with a change that makes it another. */
final class OwnFields {
  private static final int MAX_PORT = 65_535;

  private OwnFields() {}

  /** By their paths. */
  static SequencedMap<String, UnaryOperator<Import>> of(
      List<ServicePort> ports, OwnersWords owner) {
    var fields = new LinkedHashMap<String, UnaryOperator<Import>>();
    fields.put("name", OwnFields::renamed);
    if (owner.ingress().isPresent()) {
      // Its ports are those of its listeners, and it has no endpoints.
      return fields;
    }
    ports.forEach(
        port -> fields.put("ports[" + port.name() + "]", service -> moved(service, port)));
    fields.put("endpoints", OwnFields::relocated);
    return fields;
  }

  private static Import renamed(Import service) {
    var name = service.name();
    var other = (name.startsWith("x") ? "y" : "x") + name.substring(1);
    return new Import(
        other,
        service.export(),
        service.endpoints(),
        service.origin(),
        service.names(),
        service.others(),
        service.namespace());
  }

  private static Import moved(Import service, ServicePort port) {
    var export = service.export();
    var ports =
        export.ports().stream()
            .map(
                each ->
                    each.equals(port)
                        ? new ServicePort(port.name(), other(port.number()), port.protocol())
                        : each)
            .toList();
    var moved =
        new Export(
            export.key(),
            ports,
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            export.access(),
            export.traffic(),
            export.ingress(),
            export.losses());
    return new Import(
        service.name(),
        moved,
        service.endpoints(),
        service.origin(),
        service.names(),
        service.others(),
        service.namespace());
  }

  private static int other(int port) {
    return port == MAX_PORT ? port - 1 : port + 1;
  }

  /** Every address is one from a block that nobody uses (RFC 5737). */
  private static Import relocated(Import service) {
    var endpoints = new ArrayList<Endpoint>();
    for (Endpoint each : service.endpoints().endpoints()) {
      endpoints.add(
          new Endpoint(
              "203.0.113." + (endpoints.size() % 250 + 1),
              each.ports(),
              each.health(),
              each.weight(),
              each.locality(),
              each.network(),
              each.labels(),
              each.identity()));
    }
    return new Import(
        service.name(),
        service.export(),
        EndpointList.of(endpoints),
        service.origin(),
        service.names(),
        service.others(),
        service.namespace());
  }
}
