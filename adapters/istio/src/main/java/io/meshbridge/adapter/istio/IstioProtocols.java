package io.meshbridge.adapter.istio;

import io.meshbridge.model.AppProtocol;
import java.util.Locale;

/** Istio's words for what is spoken on a port, both ways. */
final class IstioProtocols {
  private IstioProtocols() {}

  /**
   * Istio's own rule for Services: the declared protocol wins, else the port's name up to its first
   * dash. What Istio would have to sniff is TCP here: the other mesh must not assume more.
   */
  static AppProtocol ofService(String transport, String appProtocol, String name) {
    if (transport.equals("UDP")) {
      return AppProtocol.UDP;
    }
    var declared = appProtocol.toLowerCase(Locale.ROOT);
    return switch (declared) {
      case "" -> ofWord(name);
      case "kubernetes.io/h2c" -> AppProtocol.HTTP2;
      case "kubernetes.io/ws" -> AppProtocol.HTTP;
      case "kubernetes.io/wss" -> AppProtocol.HTTPS;
      default -> ofWord(declared);
    };
  }

  /** A protocol of a ServiceEntry, or the prefix of a port's name. */
  static AppProtocol ofWord(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("grpc-web")) {
      return AppProtocol.GRPC;
    }
    int dash = lower.indexOf('-');
    return switch (dash < 0 ? lower : lower.substring(0, dash)) {
      case "http", "http_proxy" -> AppProtocol.HTTP;
      case "http2" -> AppProtocol.HTTP2;
      case "https" -> AppProtocol.HTTPS;
      case "grpc" -> AppProtocol.GRPC;
      case "tls" -> AppProtocol.TLS;
      case "mongo" -> AppProtocol.MONGO;
      case "mysql" -> AppProtocol.MYSQL;
      case "redis" -> AppProtocol.REDIS;
      case "udp" -> AppProtocol.UDP;
      default -> AppProtocol.TCP;
    };
  }

  /** How a ServiceEntry says it; UDP has no word there. */
  static String wordOf(AppProtocol protocol) {
    return switch (protocol) {
      case HTTP -> "HTTP";
      case HTTP2 -> "HTTP2";
      case HTTPS -> "HTTPS";
      case GRPC -> "GRPC";
      case TLS -> "TLS";
      case MONGO -> "MONGO";
      // istiod reads these two only with feature flags, and then parses what it may not understand.
      case TCP, MYSQL, REDIS -> "TCP";
      case UDP -> throw new IllegalArgumentException("a ServiceEntry has no word for UDP");
    };
  }
}
