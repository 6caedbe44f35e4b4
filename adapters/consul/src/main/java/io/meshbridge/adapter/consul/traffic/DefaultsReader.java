package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.List;

/**
 * Reads service-defaults and proxy-defaults. Apart from the protocol, which makes a service's port,
 * they say how the datacenter's own proxies work; each of their fields is told with the reason why
 * no other mesh gets it.
 */
final class DefaultsReader {
  private static final String OWN_PROXIES = "this is how the mesh's own proxies work";
  private static final String AT_HOME =
      "the service's own proxy enforces this where it is; nobody else has to";

  private static final List<String> OF_PROXIES =
      List.of("Mode", "TransparentProxy", "EnvoyExtensions");

  private static final List<String> ENFORCED_AT_HOME =
      List.of(
          "Expose",
          "MaxInboundConnections",
          "LocalConnectTimeoutMs",
          "LocalRequestTimeoutMs",
          "BalanceInboundConnections",
          "RateLimits");

  private static final List<String> DATACENTER =
      List.of(
          "Mode",
          "TransparentProxy",
          "MutualTLSMode",
          "MeshGateway",
          "Expose",
          "AccessLogs",
          "EnvoyExtensions");

  private DefaultsReader() {}

  static void readService(TracedFields fields) {
    fields.ignore("Protocol");
    fields.drop(
        "UpstreamConfig",
        "it says how this service calls others, not how others call it",
        "set it for the services that call the import");
    fields.drop("MutualTLSMode", "how strict the mesh's own mutual TLS is matters only in it", "");
    fields.drop("MeshGateway", "which of its own gateways a mesh uses matters only in it", "");
    fields.drop("ExternalSNI", "an import has the name that its own mesh gives it", "");
    fields.drop(
        "Destination", "where a terminating gateway leads out of the mesh is no service in it", "");
    OF_PROXIES.forEach(field -> fields.drop(field, OWN_PROXIES, ""));
    ENFORCED_AT_HOME.forEach(field -> fields.drop(field, AT_HOME, ""));
  }

  static void readDatacenter(TracedFields fields) {
    var config = fields.object("Config");
    config.ignore("Protocol");
    for (String field : config.names()) {
      if (!Spelling.canonical(field).equals("protocol")) {
        config.drop(field, OWN_PROXIES, "");
      }
    }
    fields.drop(
        "FailoverPolicy",
        "targets are tried in their order; other ways have no word elsewhere",
        "");
    DATACENTER.forEach(field -> fields.drop(field, OWN_PROXIES, ""));
  }
}
