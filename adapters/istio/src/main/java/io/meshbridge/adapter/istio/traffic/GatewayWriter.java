package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Import;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says where requests come in as a Gateway. */
final class GatewayWriter {
  private static final Map<String, String> VERSIONS =
      Map.of("1.0", "TLSV1_0", "1.1", "TLSV1_1", "1.2", "TLSV1_2", "1.3", "TLSV1_3");

  private final Import service;
  private final Capabilities capabilities;
  private final LossList losses;

  GatewayWriter(Import service, Capabilities capabilities, LossList losses) {
    this.service = service;
    this.capabilities = capabilities;
    this.losses = losses;
  }

  /**
   * The content of its {@code spec}.
   *
   * @param selector the labels of the pods that do the work
   */
  Map<String, Object> write(Ingress ingress, Map<String, String> selector) {
    var servers = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < ingress.listeners().size(); i++) {
      servers.add(serverOf(ingress.listeners().get(i), Ingress.FIELD + ".listeners[" + i + "]"));
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("selector", selector);
    spec.put("servers", servers);
    return spec;
  }

  private Map<String, Object> serverOf(Listener listener, String field) {
    var port = new LinkedHashMap<String, Object>();
    port.put("number", listener.port());
    port.put("name", listener.name());
    port.put("protocol", protocolOf(listener));
    var server = new LinkedHashMap<String, Object>();
    server.put("port", port);
    server.put(
        "hosts", listener.hosts().isEmpty() ? List.of(HostConditions.ANY) : listener.hosts());
    if (listener.kind() == Listener.Kind.TLS) {
      server.put("tls", Map.of("mode", "PASSTHROUGH"));
    }
    listener.tls().ifPresent(tls -> server.put("tls", tlsOf(tls, field + ".tls")));
    return server;
  }

  private static String protocolOf(Listener listener) {
    return switch (listener.kind()) {
      case HTTP -> "HTTP";
      case HTTPS -> "HTTPS";
      case TLS -> "TLS";
      case TCP -> listener.tls().isPresent() ? "TLS" : "TCP";
    };
  }

  private Map<String, Object> tlsOf(ListenerTls tls, String field) {
    var written = new LinkedHashMap<String, Object>();
    written.put(
        "mode",
        switch (tls.mode()) {
          case TERMINATE -> "SIMPLE";
          case MUTUAL -> "MUTUAL";
        });
    var names = tls.certificates().stream().map(GatewayWriter::secretOf).distinct().toList();
    if (names.size() > 1 && capabilities.certificateLists()) {
      written.put("credentialNames", names);
    } else {
      written.put("credentialName", names.isEmpty() ? secretOf(service.name()) : names.getFirst());
    }
    if (names.size() > 1 && !capabilities.certificateLists()) {
      losses.dropped(
          field + ".certificates",
          "before 1.27 a gateway of Istio shows one certificate: only the first is named");
    }
    losses.approximated(
        field + ".certificates",
        "certificates do not travel: they are taken from " + secretsOf(written, tls.mode()),
        "put a Secret of that name beside the pods of the gateway");
    tls.minVersion().ifPresent(version -> putVersion(written, version, field));
    return written;
  }

  private void putVersion(Map<String, Object> written, String version, String field) {
    var word = VERSIONS.get(version);
    if (word == null) {
      losses.dropped(field + ".minVersion", "'" + version + "' is no version of TLS for Istio");
    } else {
      written.put("minProtocolVersion", word);
    }
  }

  private static String secretsOf(Map<String, Object> written, ListenerTls.Mode mode) {
    var names = written.getOrDefault("credentialNames", written.get("credentialName"));
    return "the Secret "
        + names
        + (mode == ListenerTls.Mode.MUTUAL ? ", whose ca.crt tells which clients are let in" : "");
  }

  /** What names a certificate elsewhere need not be a name of a Secret. */
  private static String secretOf(String name) {
    return NameSyntax.DNS_NAME.accepts(name) ? name : NameSyntax.label(name);
  }
}
