package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads how much a client may ask at once. */
final class LimitsReader {
  private final TracedFields tcp;
  private final TracedFields http;
  private final Sources.Builder sources;

  private LimitsReader(TracedFields pool, Sources.Builder sources) {
    this.tcp = pool.object("tcp");
    this.http = pool.object("http");
    this.sources = sources;
  }

  static ConnectionLimits read(TracedFields policy, Sources.Builder sources) {
    return policy.has("connectionPool")
        ? new LimitsReader(policy.object("connectionPool"), sources).read()
        : ConnectionLimits.DEFAULT;
  }

  private ConnectionLimits read() {
    dropUnsaid();
    return new ConnectionLimits(
        number(tcp, "maxConnections", "maxConnections"),
        number(http, "http1MaxPendingRequests", "maxPendingRequests"),
        number(http, "http2MaxRequests", "maxRequests"),
        number(http, "maxRequestsPerConnection", "maxRequestsPerConnection"),
        number(http, "maxRetries", "maxRetries"),
        duration(tcp, "connectTimeout", "connectTimeout"),
        idleTimeout());
  }

  private void dropUnsaid() {
    tcp.drop("maxConnectionDuration", "other meshes do not close a connection for its age", "");
    tcp.drop("tcpKeepalive", "how the proxies keep their connections open is not carried", "");
    http.drop("h2UpgradePolicy", "which HTTP the proxies speak is for each mesh to choose", "");
    http.drop("useClientProtocol", "which HTTP the proxies speak is for each mesh to choose", "");
    http.drop("http2KeepAlive", "how the proxies keep their connections open is not carried", "");
    http.drop("maxConcurrentStreams", "other meshes do not bound the streams of a connection", "");
  }

  /** The model knows one idle time; that of HTTP is the one that requests feel. */
  private Optional<Duration> idleTimeout() {
    if (!http.has("idleTimeout")) {
      return duration(tcp, "idleTimeout", "idleTimeout");
    }
    var timeout = duration(http, "idleTimeout", "idleTimeout");
    if (tcp.has("idleTimeout")) {
      if (tcp.duration("idleTimeout").equals(timeout)) {
        sources.add("limits.idleTimeout", tcp.ref("idleTimeout"));
      } else {
        tcp.drop("idleTimeout", "differs from that for HTTP, and other meshes have one", "");
      }
    }
    return timeout;
  }

  private OptionalInt number(TracedFields fields, String name, String field) {
    note(fields, name, field);
    return fields.integer(name, 0, Integer.MAX_VALUE);
  }

  private Optional<Duration> duration(TracedFields fields, String name, String field) {
    note(fields, name, field);
    return fields.duration(name);
  }

  private void note(TracedFields fields, String name, String field) {
    if (fields.has(name)) {
      sources.add("limits." + field, fields.ref(name));
    }
  }
}
