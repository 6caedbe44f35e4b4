package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.AppProtocol;
import java.util.Locale;
import java.util.Optional;

/** Linkerd's words for what is spoken on a port, both ways. */
final class LinkerdProtocols {
  private LinkerdProtocols() {}

  /**
   * What a Service says of a port. What Linkerd would have to detect is TCP here: the other mesh
   * must not assume more.
   *
   * @param opaque whether the mesh passes the port on unopened
   */
  static AppProtocol of(String transport, String appProtocol, boolean opaque) {
    if (transport.equals("UDP")) {
      return AppProtocol.UDP;
    }
    var declared = declared(appProtocol).orElse(AppProtocol.TCP);
    return opaque && !isOpaque(declared) ? AppProtocol.TCP : declared;
  }

  /** What a word of a Service's appProtocol says; empty if it is none that we know. */
  static Optional<AppProtocol> declared(String appProtocol) {
    return switch (appProtocol.toLowerCase(Locale.ROOT)) {
      case "", "tcp", "linkerd.io/tcp", "linkerd.io/opaque" -> Optional.of(AppProtocol.TCP);
      case "http", "kubernetes.io/ws" -> Optional.of(AppProtocol.HTTP);
      case "kubernetes.io/h2c", "http2" -> Optional.of(AppProtocol.HTTP2);
      case "grpc" -> Optional.of(AppProtocol.GRPC);
      case "https", "kubernetes.io/wss" -> Optional.of(AppProtocol.HTTPS);
      case "tls" -> Optional.of(AppProtocol.TLS);
      case "mysql" -> Optional.of(AppProtocol.MYSQL);
      case "redis" -> Optional.of(AppProtocol.REDIS);
      case "mongo" -> Optional.of(AppProtocol.MONGO);
      default -> Optional.empty();
    };
  }

  /**
   * How a port of a Service says it; empty for datagrams, which have no word. Linkerd passes on
   * unopened what its policy controller has no word for, and would then balance the connections of
   * gRPC, not its calls.
   */
  static String wordOf(AppProtocol protocol) {
    return switch (protocol) {
      case HTTP -> "http";
      case HTTP2, GRPC -> "kubernetes.io/h2c";
      case HTTPS -> "https";
      case TLS -> "tls";
      case TCP -> "linkerd.io/opaque";
      case MYSQL -> "mysql";
      case REDIS -> "redis";
      case MONGO -> "mongo";
      case UDP -> "";
    };
  }

  /** Whether the proxies must not look for HTTP in it: some of these let the server speak first. */
  static boolean isOpaque(AppProtocol protocol) {
    return switch (protocol) {
      case TCP, MYSQL, REDIS, MONGO -> true;
      case HTTP, HTTP2, GRPC, HTTPS, TLS, UDP -> false;
    };
  }
}
