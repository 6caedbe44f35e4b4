package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Map;

/**
 * Reads service-defaults and proxy-defaults. Apart from the protocol, which makes a service's port,
 * they say how the datacenter's own proxies work; each of their fields is told with the reason why
 * no other mesh gets it.
 */
final class DefaultsReader {
  private static final String OWN_PROXIES = "this is how the mesh's own proxies work";
  private static final String AT_HOME =
      "the service's own proxy enforces this where it is; nobody else has to";

  private static final Map<String, String> SERVICE =
      Map.ofEntries(
          Map.entry("Mode", OWN_PROXIES),
          Map.entry("TransparentProxy", OWN_PROXIES),
          Map.entry("MutualTLSMode", "how strict the mesh's own mutual TLS is matters only in it"),
          Map.entry("MeshGateway", "which of its own gateways a mesh uses matters only in it"),
          Map.entry("Expose", AT_HOME),
          Map.entry("ExternalSNI", "an import has the address and name that its own mesh gives it"),
          Map.entry(
              "Destination",
              "where a terminating gateway leads out of the mesh is no service in it"),
          Map.entry("MaxInboundConnections", AT_HOME),
          Map.entry("LocalConnectTimeoutMs", AT_HOME),
          Map.entry("LocalRequestTimeoutMs", AT_HOME),
          Map.entry("BalanceInboundConnections", AT_HOME),
          Map.entry("RateLimits", AT_HOME),
          Map.entry("EnvoyExtensions", OWN_PROXIES));

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
    SERVICE.forEach((field, reason) -> fields.drop(field, reason, ""));
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
