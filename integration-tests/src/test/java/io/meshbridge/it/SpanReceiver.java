package io.meshbridge.it;

import com.sun.net.httpserver.HttpServer;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans on loopback, by OTLP over HTTP. */
final class SpanReceiver implements AutoCloseable {
  private static final String PATH = "/v1/traces";

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

  private SpanReceiver(HttpServer server) {
    this.server = server;
  }

  static SpanReceiver start() throws IOException {
    var receiver =
        new SpanReceiver(HttpServer.create(new InetSocketAddress(LoopbackPorts.ADDRESS, 0), 0));
    receiver.server.createContext(
        PATH,
        exchange -> {
          try (exchange) {
            receiver.spans.addAll(ReceivedSpan.allOf(exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    receiver.server.start();
    return receiver;
  }

  /** The configuration of a bridge that sends its spans here, as this process. */
  BridgeConfiguration receivingFrom(BridgeConfiguration configuration, String process) {
    var address = server.getAddress();
    return configuration
        .with(
            "otel.exporter.otlp.endpoint",
            "http://" + LoopbackPorts.ADDRESS + ":" + address.getPort())
        .with("otel.exporter.otlp.protocol", "http/protobuf")
        .with("otel.service.name", process)
        .with("quarkus.otel.bsp.schedule.delay", "100ms");
  }

  List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
