package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Says how much a client may ask at once. Zero is Istio's word for its default. */
final class PoolWriter {
  private final PortKinds ports;
  private final String path;
  private final LossList losses;

  PoolWriter(PortKinds ports, String path, LossList losses) {
    this.ports = ports;
    this.path = path + ".limits.";
    this.losses = losses;
  }

  Map<String, Object> of(ConnectionLimits limits) {
    var tcp = new LinkedHashMap<String, Object>();
    putNumber(tcp, "maxConnections", limits.maxConnections(), "maxConnections");
    limits.connectTimeout().ifPresent(time -> putTime(tcp, "connectTimeout", time));
    var http = new LinkedHashMap<String, Object>();
    putNumber(http, "http1MaxPendingRequests", limits.maxPendingRequests(), "maxPendingRequests");
    putNumber(http, "http2MaxRequests", limits.maxRequests(), "maxRequests");
    putNumber(
        http,
        "maxRequestsPerConnection",
        limits.maxRequestsPerConnection(),
        "maxRequestsPerConnection");
    putNumber(http, "maxRetries", limits.maxRetries(), "maxRetries");
    limits.idleTimeout().ifPresent(time -> putIdle(tcp, http, time));
    var pool = new LinkedHashMap<String, Object>();
    if (!tcp.isEmpty()) {
      pool.put("tcp", tcp);
    }
    if (!http.isEmpty()) {
      pool.put("http", http);
    }
    return pool;
  }

  private void putIdle(Map<String, Object> tcp, Map<String, Object> http, Duration time) {
    if (ports.http()) {
      putTime(http, "idleTimeout", time);
    }
    if (ports.connections() || !ports.http()) {
      tcp.put("idleTimeout", Durations.inUnits(time));
    }
  }

  private void putTime(Map<String, Object> fields, String name, Duration time) {
    if (time.isPositive()) {
      fields.put(name, Durations.inUnits(time));
    } else {
      losses.dropped(path + name, "Istio takes no time of zero");
    }
  }

  private void putNumber(
      Map<String, Object> fields, String name, OptionalInt number, String field) {
    if (number.isEmpty()) {
      return;
    }
    if (number.getAsInt() > 0) {
      fields.put(name, number.getAsInt());
    } else {
      losses.dropped(path + field, "zero means the default to Istio, not none");
    }
  }
}
