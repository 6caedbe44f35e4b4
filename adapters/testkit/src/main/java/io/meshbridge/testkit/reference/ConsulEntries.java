package io.meshbridge.testkit.reference;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The config entries of a Consul datacenter, also those that are Kubernetes resources. */
final class ConsulEntries {
  static final String ROUTER = "service-router";
  static final String SPLITTER = "service-splitter";
  static final String RESOLVER = "service-resolver";
  static final String DEFAULTS = "service-defaults";
  private static final String PROXY_DEFAULTS = "proxy-defaults";
  private static final Map<String, String> RESOURCES =
      Map.of(
          "ServiceRouter", ROUTER,
          "ServiceSplitter", SPLITTER,
          "ServiceResolver", RESOLVER,
          "ServiceDefaults", DEFAULTS,
          "ProxyDefaults", PROXY_DEFAULTS);

  private final Map<String, Native> entries = new TreeMap<>();

  ConsulEntries(List<Native> documents) {
    for (Native document : documents) {
      var kind = document.at("kind").text();
      var resource = RESOURCES.get(kind);
      if (resource != null) {
        entries.put(resource + "/" + Kube.name(document), document.at("spec"));
      } else if (RESOURCES.containsValue(kind)) {
        entries.put(kind + "/" + document.at("name").text(), document);
      }
    }
  }

  /** The entry; nothing if there is none. */
  Native get(String kind, String name) {
    return entries.getOrDefault(kind + "/" + name, new Native("", null));
  }

  /** What is spoken: {@code tcp} if nobody says. */
  String protocolOf(String service) {
    var config = get(PROXY_DEFAULTS, "global").at("config");
    return get(DEFAULTS, service).at("protocol").textOr(config.at("protocol").textOr("tcp"));
  }

  /** Whether routers and splitters of the service count. */
  boolean isHttp(String service) {
    return List.of("http", "http2", "grpc").contains(protocolOf(service));
  }
}
