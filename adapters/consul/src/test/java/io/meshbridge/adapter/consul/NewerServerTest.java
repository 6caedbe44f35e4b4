package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.model.Locality;
import io.meshbridge.spi.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What only newer servers answer than the oldest one that is supported, by their documented shapes:
 * a stand-in that serves fixed answers, since the real agent of the other tests is an old one.
 */
class NewerServerTest {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile boolean filtered;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    answers.put("/v1/status/leader", "\"127.0.0.1:8300\"");
    answers.put("/v1/agent/self", "{\"Config\":{\"Version\":\"2.0.1\",\"Datacenter\":\"dc1\"}}");
    answers.put("/v1/catalog/services", "{\"web\":[]}");
    answers.put("/v1/health/state/any", "[]");
    answers.put("/v1/catalog/nodes", "[{\"Node\":\"n1\",\"Address\":\"10.0.0.1\"}]");
    answers.put(
        "/v1/catalog/node/n1",
        "{\"Node\":{\"Node\":\"n1\"},"
            + "\"Services\":{\"web-1\":{\"Service\":\"web\",\"ModifyIndex\":7}}}");
    for (ConfigKind kind : ConfigKind.values()) {
      answers.put("/v1/config/" + kind.word(), "[]");
    }
    answers.put("/v1/connect/intentions", "[]");
    answers.put(
        "/v1/health/service/web",
        """
        [{"Node":{"Node":"n1","Address":"10.0.0.1","Datacenter":"dc1"},
          "Service":{"Kind":"","ID":"web-1","Service":"web","Port":80,
           "Meta":{"meshbridge-export":"true"},"Locality":{"Region":"eu","Zone":"eu-1"},
           "PeerName":"","Weights":{"Passing":1,"Warning":1}},
          "Checks":[]}]
        """);
  }

  @AfterEach
  void end() {
    ending.countDown();
    server.stop(0);
  }

  @Test
  void readsLocalityAndVersion() {
    // When
    try (var source = new Recorder(url(), Map.of())) {
      source.awaitComplete(1);

      // Then
      assertThat(source.offer("web").orElseThrow().endpoints().endpoints())
          .singleElement()
          .satisfies(e -> assertThat(e.locality()).isEqualTo(new Locality("eu", "eu-1")));
      assertThat(source.all).asString().contains("version=2.0.1");
    }
  }

  @Test
  void isInterruptedWhenTheServerSaysThatItFiltered() {
    // Given
    filtered = true;

    // When
    try (var source = new Recorder(url(), Map.of())) {
      source.await("interruption", () -> source.count(Observation.Interrupted.class) == 1);

      // Then
      assertThat(source.count(Observation.Complete.class)).isZero();
      assertThat(source.all).asString().contains("may not see all of");
    }
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
    var body = answers.get(exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().add("X-Consul-Index", "7");
    if (filtered) {
      exchange.getResponseHeaders().add("X-Consul-Results-Filtered-By-ACLs", "true");
    }
    var bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
