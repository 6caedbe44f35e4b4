package io.meshbridge.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An issuer on this machine. */
public final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  /** What it answers; a test sets others. */
  volatile String metadata;

  volatile String keys;
  volatile int status = 200;

  private TestIssuer(HttpServer server, String scheme, String keys) {
    this.server = server;
    this.scheme = scheme;
    this.keys = keys;
    this.metadata = "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url().toString());
    server.createContext("/.well-known/openid-configuration", call -> answer(call, metadata));
    server.createContext(
        "/keys",
        call -> {
          asked.incrementAndGet();
          answer(call, this.keys);
        });
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Speaks plain HTTP.
   *
   * @param port 0 for any
   */
  public static TestIssuer at(int port, String keys) throws IOException {
    return new TestIssuer(HttpServer.create(loopback(port), 0), "http", keys);
  }

  static TestIssuer overTls(SSLContext context, String keys) throws IOException {
    var server = HttpsServer.create(loopback(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestIssuer(server, "https", keys);
  }

  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often its keys were asked for. */
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange call, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    try (call) {
      call.sendResponseHeaders(status, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
