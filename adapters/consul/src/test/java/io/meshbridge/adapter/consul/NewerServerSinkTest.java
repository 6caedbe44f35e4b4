package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Imports.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.WritePermit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What only newer servers take than the oldest one that is supported, by their documented shapes: a
 * stand-in that keeps config entries and answers as they do, since the real agent of the other
 * tests is an old one. It proves what is sent, not that a proxy acts on it.
 */
class NewerServerSinkTest {
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Map<String, Object>> entries = new ConcurrentSkipListMap<>();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final AtomicInteger index = new AtomicInteger(10);
  private final CountDownLatch ending = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void end() {
    ending.countDown();
    server.stop(0);
  }

  @Test
  void writesWhatNewerServersKnowOnceAndDeletesThatVersionAlone() throws Exception {
    // Given
    var change =
        new HeaderChange(new TreeMap<>(Map.of("x-set", "1")), new TreeMap<>(), new TreeSet<>());
    var rule =
        new HttpRule(
            "",
            false,
            List.of(),
            List.of(new HttpFilter.RequestHeaders(change)),
            List.of(WeightedBackend.only(BackendRef.SELF)),
            Timeouts.DEFAULT,
            Optional.of(Retry.NEVER),
            Optional.empty(),
            Sources.NONE);
    var cookie = new HashKey.Cookie("sid", Optional.of(Duration.ofHours(1)), "/");
    var destination =
        new DestinationPolicy(
            Optional.of(
                new LoadBalancing(
                    Algorithm.MAGLEV,
                    List.of(cookie),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty())),
            Optional.empty(),
            ConnectionLimits.DEFAULT,
            Optional.empty(),
            List.of(),
            Sources.NONE);
    var web =
        web(new TrafficPolicy(List.of(rule), List.of(), List.of(), destination, new TreeMap<>()));

    try (var connection = Recorder.connect(url(), Map.of())) {
      var sink = connection.sink();
      sink.start(service -> {});

      // When
      var first = sink.apply(web, WritePermit.ALWAYS);
      var second = sink.apply(web, WritePermit.ALWAYS);

      // Then
      assertThat(((ApplyOutcome.Applied) first).losses()).isEmpty();
      assertThat(((ApplyOutcome.Applied) second).written()).isFalse();
      assertThat(writes)
          .containsExactly(
              "PUT service-defaults/web-istio-a cas=0",
              "PUT service-resolver/web-istio-a cas=0",
              "PUT service-router/web-istio-a cas=0");
      assertThat(entries.get("service-router/web-istio-a").toString())
          .contains("RequestTimeout=-1s", "RequestHeaders={Set={x-set=1}}");

      // When
      writes.clear();
      assertThat(sink.remove(service(), WritePermit.ALWAYS)).isTrue();

      // Then
      assertThat(writes)
          .containsExactly(
              "DELETE service-router/web-istio-a cas=13",
              "DELETE service-resolver/web-istio-a cas=12",
              "DELETE service-defaults/web-istio-a cas=11");
      assertThat(entries).isEmpty();
    }
  }

  private static ServiceKey service() {
    return new ServiceKey(Imports.ISTIO, "shop", "web");
  }

  /** Without endpoints: this stand-in has no catalog. */
  private static Import web(TrafficPolicy policy) {
    var plain = Imports.of("web", at("10.0.0.1", 8080));
    var export = plain.export();
    return new Import(
        plain.name(),
        new Export(
            export.key(),
            export.ports(),
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            export.access(),
            policy),
        EndpointList.EMPTY,
        plain.origin());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getQuery();
    if (query != null && query.contains("index=")) {
      // A blocking query of a state that never changes.
      try {
        ending.await();
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
      }
    }
    var path = exchange.getRequestURI().getPath();
    var body =
        switch (path) {
          case "/v1/agent/self" -> "{\"Config\":{\"Version\":\"1.20.1\"}}";
          case "/v1/internal/acl/authorize" -> "[]";
          case "/v1/catalog/services" -> "{}";
          default -> path.startsWith("/v1/config") ? config(exchange, path, query) : "[]";
        };
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Consul-Index", "7");
    exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private String config(HttpExchange exchange, String path, String query) throws IOException {
    var name = path.substring("/v1/config".length()).replaceFirst("^/", "");
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        var entry = entry(exchange);
        var id = entry.get("Kind") + "/" + entry.get("Name");
        writes.add("PUT " + id + " " + query);
        entry.put("ModifyIndex", index.incrementAndGet());
        entries.put(id, entry);
        return "true";
      }
      case "DELETE" -> {
        writes.add("DELETE " + name + " " + query);
        entries.remove(name);
        return "true";
      }
      default -> {
        if (name.contains("/")) {
          return entries.containsKey(name) ? json.writeValueAsString(entries.get(name)) : "";
        }
        return json.writeValueAsString(
            entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "/"))
                .map(Map.Entry::getValue)
                .toList());
      }
    }
  }

  /** As a server keeps it: with what it adds, and a cookie's lifetime as a number. */
  @SuppressWarnings("unchecked")
  private Map<String, Object> entry(HttpExchange exchange) throws IOException {
    var text =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
            .replace("\"TTL\":\"1h0m0s\"", "\"TTL\":3600000000000");
    var entry = new LinkedHashMap<String, Object>(json.readValue(text, Map.class));
    entry.put("Namespace", "default");
    entry.put("Partition", "default");
    entry.put("TransparentProxy", Map.of());
    entry.put("CreateIndex", 1);
    return entry;
  }
}
