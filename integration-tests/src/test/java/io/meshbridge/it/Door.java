package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.tls.TestAuthority;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A bridge's door with a certificate, and an operator who asks there for all that it answers. */
final class Door implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOKEN = "an operator's token of more than 32 bytes";

  /** A byte that says "not compressed", and four with the message's length. */
  private static final int GRPC_HEAD = 5;

  private static final List<String> PAGES =
      List.of(
          "/api/v1/meshes",
          "/api/v1/services",
          "/api/v1/imports?limit=2",
          "/api/v1/meshes/west/imports/east/shop/reviews/explanation",
          "/api/v1/meshes/west/diff",
          "/api/v1/doctor",
          "/api/v1/orders",
          "/q/openapi",
          "/q/openapi?format=json",
          "/q/info",
          "/q/metrics",
          "/q/health",
          "/q/health/live");

  private final Path folder;
  private final int port;
  private final HttpClient http;

  private Door(Path folder, int port, HttpClient http) {
    this.folder = folder;
    this.port = port;
    this.http = http;
  }

  /**
   * On a port of its own.
   *
   * @param folder for certificate and token
   */
  static Door of(Path folder, TestAuthority authority)
      throws IOException, GeneralSecurityException {
    var server = authority.issue("door");
    Files.writeString(folder.resolve("door.crt"), server.certificatePem());
    Files.writeString(folder.resolve("door.key"), server.keyPem());
    Files.writeString(folder.resolve("door-ca.crt"), authority.pem());
    Files.writeString(folder.resolve("operator.token"), TOKEN);
    var http =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_2)
            .sslContext(trusting(authority))
            .build();
    return new Door(folder, new LoopbackPorts(new Random()).free(), http);
  }

  private static SSLContext trusting(TestAuthority authority)
      throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.certificate());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration
        .with("quarkus.http.ssl-port", Integer.toString(port))
        .with("meshbridge.api.tls.certificate", folder.resolve("door.crt").toString())
        .with("meshbridge.api.tls.key", folder.resolve("door.key").toString())
        .with("meshbridge.api.tls.client-ca", folder.resolve("door-ca.crt").toString())
        .with("meshbridge.api.operator-token-file", folder.resolve("operator.token").toString())
        .with("meshbridge.api.socket", folder.resolve("door.socket").toString());
  }

  /** Every page, every order, every refusal, and gRPC. */
  void askEverything() throws Exception {
    for (String page : PAGES) {
      var answer = send(request(page).GET());
      assertThat(answer.statusCode()).as(page + ": " + answer.body()).isEqualTo(200);
    }
    assertThat(post("/api/v1/translate", translation()).statusCode()).isEqualTo(200);
    assertThat(post("/api/v1/translate", "{\"from\": 7}").statusCode()).isEqualTo(400);
    assertThat(send(request("/api/v1/imports?limit=-1").GET()).statusCode()).isEqualTo(400);
    assertThat(post("/api/v1/orders/pauses", "{\"target\": \"south\", \"why\": \"a test\"}"))
        .satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isLessThan(300));
    var end = "/api/v1/orders/pauses?target=south&why=over";
    assertThat(send(request(end).DELETE()))
        .satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isLessThan(300));
    assertThat(call("meshbridge.v1.Meshbridge/ListImports")).isNotEmpty();
    assertThat(call("grpc.health.v1.Health/Check")).isNotEmpty();
  }

  /** Another operator, with a token of an issuer, gives an order. */
  void orderAs(String token) throws Exception {
    var order = "{\"target\": \"south\", \"why\": \"another test\"}";
    var request =
        request("/api/v1/orders/pauses")
            .setHeader("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order));
    var answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("anna");
  }

  private static String translation() {
    return """
        {"from": "istio", "to": "consul", "options": {"targetVersion": "1.8.7"},
         "documents": [{"name": "web.yaml", "text": "apiVersion: v1\\nkind: Service\\nmetadata: {name: web, namespace: shop, labels: {meshbridge.io/export: \\"true\\"}}\\nspec: {ports: [{name: http, port: 80}]}"}]}
        """;
  }

  /** A call whose request is an empty message; its answer's first frame, with the frame's head. */
  private byte[] call(String method) throws IOException, InterruptedException {
    var nothing = ByteBuffer.allocate(GRPC_HEAD).array();
    var request =
        request("/" + method)
            .header("Content-Type", "application/grpc")
            .header("TE", "trailers")
            .POST(BodyPublishers.ofByteArray(nothing));
    return http.send(request.build(), BodyHandlers.ofByteArray()).body();
  }

  private HttpResponse<String> post(String page, String body)
      throws IOException, InterruptedException {
    return send(
        request(page)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String page) {
    return HttpRequest.newBuilder(
            URI.create("https://" + LoopbackPorts.ADDRESS + ":" + port).resolve(page))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + TOKEN);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
