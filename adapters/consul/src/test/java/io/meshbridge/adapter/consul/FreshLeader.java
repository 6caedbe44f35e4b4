package io.meshbridge.adapter.consul;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real agent, and before it what makes it look like a leader that has only just come up: until it
 * has caught up it answers default reads as if nothing stood on its nodes. Reads that ask for
 * consistency it refuses in the words of Consul 1.8, or hands on if it is to be caught up for
 * these.
 */
final class FreshLeader implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final URI agent;
  private volatile State state = State.CAUGHT_UP;

  /** How far it is. */
  enum State {
    /** Default reads are empty, consistent ones are refused. */
    NOT_READY,
    /** Default reads are empty, consistent ones are right. */
    EMPTY_BY_DEFAULT,
    /** All are right. */
    CAUGHT_UP
  }

  private FreshLeader(URI agent) throws IOException {
    this.agent = agent;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static FreshLeader before(URI agent) throws IOException {
    return new FreshLeader(agent);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void is(State now) {
    state = now;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestURI();
      var ofState =
          exchange.getRequestMethod().equals("GET")
              && List.of("/v1/catalog/", "/v1/health/", "/v1/config/").stream()
                  .anyMatch(target.getPath()::startsWith);
      var consistent = String.valueOf(target.getQuery()).contains("consistent");
      if (ofState && consistent && state == State.NOT_READY) {
        send(exchange, 500, "Not ready to serve consistent reads");
      } else if (ofState && !consistent && state != State.CAUGHT_UP) {
        sendNothingStands(exchange);
      } else {
        handOn(exchange);
      }
    }
  }

  /** It has taken in the nodes, and nothing that is on them. */
  private void sendNothingStands(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.startsWith("/v1/catalog/node/")) {
      var node = json.readTree(ask(exchange).body());
      if (node instanceof ObjectNode whole) {
        whole.putObject("Services");
      }
      send(exchange, 200, node.toString());
      return;
    }
    var single = path.startsWith("/v1/config/") && path.split("/", -1).length > 4;
    send(exchange, single ? 404 : 200, path.equals("/v1/catalog/services") ? "{}" : "[]");
  }

  private void handOn(HttpExchange exchange) throws IOException {
    var answer = ask(exchange);
    answer
        .headers()
        .firstValue("X-Consul-Index")
        .ifPresent(index -> exchange.getResponseHeaders().set("X-Consul-Index", index));
    send(exchange, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> ask(HttpExchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(agent.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the test is over");
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
  }
}
