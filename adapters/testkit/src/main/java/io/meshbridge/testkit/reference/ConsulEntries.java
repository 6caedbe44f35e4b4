package io.meshbridge.testkit.reference;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The config entries of a Consul datacenter, also those that are Kubernetes resources. Entries that
 * the server would refuse are a fault of the test's.
 */
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
    entries.forEach(this::requireAcceptable);
  }

  /** What the server refuses when somebody writes it. */
  private void requireAcceptable(String key, Native entry) {
    if (key.startsWith(SPLITTER)) {
      var sum =
          entry.at("splits").list().stream()
              .map(split -> split.at("weight").decimal())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      require(sum.compareTo(BigDecimal.valueOf(100)) == 0, key, "splits add up to " + sum);
    }
    for (Native route : entry.at("routes").list()) {
      var http = route.at("match", "http");
      boolean prefix = http.at("pathExact").exists() || http.at("pathPrefix").exists();
      require(
          prefix || !route.at("destination", "prefixRewrite").exists(),
          key,
          "PrefixRewrite needs a PathExact or PathPrefix");
    }
  }

  private static void require(boolean accepted, String key, String fault) {
    if (!accepted) {
      throw new IllegalArgumentException(key + ": " + fault);
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
