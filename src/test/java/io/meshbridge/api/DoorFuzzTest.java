package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.meshbridge.config.Adapters;
import io.meshbridge.grpc.v1.ConfirmRequest;
import io.meshbridge.grpc.v1.ListImportsRequest;
import io.meshbridge.grpc.v1.MeshbridgeGrpc;
import io.meshbridge.grpc.v1.OrdersGrpc;
import io.meshbridge.grpc.v1.PauseRequest;
import io.meshbridge.grpc.v1.ServiceRef;
import io.meshbridge.grpc.v1.TranslateRequest;
import io.meshbridge.oidc.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an operator's client sends, it is told what is wrong, and never that we failed. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class DoorFuzzTest {
  private static final long SEED = 20_260_102;
  private static final int ROUNDS = 40;
  private static final List<String> JSON =
      List.of(
          "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":[{\"name\":\"a\",\"text\":\"a: b\"}]}",
          "{\"target\":\"west\",\"service\":{\"mesh\":\"east\",\"namespace\":\"a\",\"name\":\"b\"},\"why\":\"x\"}",
          "{\"origin\":\"east\",\"target\":\"west\",\"why\":\"x\"}");
  private static final List<String> ODD =
      List.of(
          "",
          "{\"why\":1e999999999}",
          "{\"target\":" + "9".repeat(5_000) + "}",
          "{\"target\":\"\\ud800\"}",
          "{\"why\":\"\\u0000\"}",
          "{\"service\":[[[[]]]]}",
          "[".repeat(5_000),
          "{\"documents\":{\"a\":null}}");
  private static final List<String> PATHS =
      List.of("/api/v1/translate", "/api/v1/orders/pauses", "/api/v1/orders/confirmations");

  @TestHTTPResource("/")
  URI door;

  @Inject FakeConfiguration configuration;
  @Inject FakeDesk desk;
  @Inject Adapters adapters;
  @Inject Vertx vertx;
  @TempDir private Path folder;

  private final Random random = new Random(SEED);

  @BeforeEach
  void aBridge() {
    desk.clear();
    configuration.set(Optional.of(Configured.in(folder, adapters)));
  }

  @Test
  void noBodyOfRestMakesItFail() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        for (byte[] body : bodies()) {
          var response = post(client, path, "application/json", body);
          assertThat(response.statusCode())
              .as("%s %s", path, new String(body, StandardCharsets.ISO_8859_1))
              .isLessThan(500);
          assertThat(response.body()).doesNotContain("Exception", "io.meshbridge", "\tat ");
        }
        for (String type :
            List.of("text/plain", "application/xml", "no type", "application/grpc")) {
          assertThat(post(client, path, type, new byte[] {'{'}).statusCode())
              .as(type)
              .isBetween(400, 499);
        }
      }
    }
  }

  @Test
  void noMessageOfGrpcMakesItFail() {
    try (var client = new GrpcClient(door, KnownCallers.OPERATOR)) {
      for (String method : methods()) {
        for (byte[] message : messages()) {
          var outcome = client.outcome(method, message);
          assertThat(outcome.getCode())
              .as("%s %s: %s", method, Arrays.toString(message), outcome)
              .isNotIn(
                  Status.Code.UNKNOWN,
                  Status.Code.INTERNAL,
                  Status.Code.UNIMPLEMENTED,
                  Status.Code.DEADLINE_EXCEEDED);
        }
      }
      var broken = new byte[] {(byte) 0x0a, 0x7f, 1};
      var noUtf8 = new byte[] {0x0a, 1, (byte) 0xff};
      for (String method : methods()) {
        assertThat(client.call(method, broken)).as(method).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
      assertThat(client.call("meshbridge.v1.Meshbridge/ListImports", noUtf8))
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(
              client.call("meshbridge.v1.Meshbridge/Translate", new byte[BodyReader.MAX_BYTES + 1]))
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void noFramingOfGrpcMakesItFail() throws Exception {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    var client = vertx.createHttpClient(options);
    try {
      var whole = frame(0, ListImportsRequest.newBuilder().setMesh("west").build().toByteArray());
      var twice = Buffer.buffer(whole).appendBytes(whole).getBytes();
      for (byte[] body :
          List.of(
              new byte[0],
              new byte[] {0},
              new byte[] {0, 0, 0, 0, 9, 1},
              new byte[] {1, 0, 0, 0, 2, 1, 2},
              new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1},
              twice)) {
        for (String method :
            List.of(
                "meshbridge.v1.Meshbridge/ListImports",
                "meshbridge.v1.Meshbridge/Watch",
                "meshbridge.v1.Orders/Pause",
                "grpc.health.v1.Health/Check")) {
          assertThat(grpcStatus(client, method, body))
              .as("%s %s", method, Arrays.toString(body))
              .isIn(Status.Code.INVALID_ARGUMENT.value(), Status.Code.RESOURCE_EXHAUSTED.value());
        }
      }
      for (String nowhere : List.of("", "x", "a/b/c", "meshbridge.v1.Meshbridge/")) {
        assertThat(grpcStatus(client, nowhere, whole))
            .as(nowhere)
            .isEqualTo(Status.Code.UNIMPLEMENTED.value());
      }
    } finally {
      client.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void noTokenMakesItFail() throws Exception {
    var right =
        Tokens.signed(KnownCallers.issuerKey(), KnownCallers.claims("mesh-operators"))
            .getBytes(StandardCharsets.US_ASCII);
    var tokens = new ArrayList<byte[]>();
    mutated(right, tokens);
    ODD.forEach(
        text ->
            tokens.add(
                Tokens.parts(Map.of("alg", "RS256", "kid", "one"), text, new byte[256])
                    .getBytes(StandardCharsets.US_ASCII)));
    try (var client = HttpClient.newHttpClient()) {
      for (byte[] bytes : tokens) {
        // What no header may have in it does not leave the client.
        var token = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "");
        if (token.equals(new String(right, StandardCharsets.US_ASCII))) {
          continue;
        }
        var response =
            client.send(
                HttpRequest.newBuilder(door.resolve("/api/v1/imports"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("authorization", "Bearer " + token)
                    .timeout(Duration.ofSeconds(20))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(token).isIn(401, 431);
        try (var grpc = new GrpcClient(door, token)) {
          var outcome = grpc.call("meshbridge.v1.Meshbridge/ListImports", new byte[0]);
          assertThat(outcome).as(token).isNotIn(Status.Code.OK, Status.Code.DEADLINE_EXCEEDED);
        }
      }
    }
    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void anOversizedHeaderOrAddressIsRefusedWithoutAWordOfTheInside() throws Exception {
    var large = raw("GET /api/v1/imports HTTP/1.1\r\nHost: door\r\nX-Large: %s\r\n\r\n");
    var longAddress = raw("GET /api/v1/imports?name=%s HTTP/1.1\r\nHost: door\r\n\r\n");

    assertThat(large).matches("HTTP/1\\.[01] 4\\d\\d .*");
    assertThat(longAddress).matches("HTTP/1\\.[01] 4\\d\\d .*");
    assertThat(large + longAddress).doesNotContain("Exception", "netty", "vertx");
  }

  /** What is answered to a request with much too long a text in it. */
  private String raw(String request) throws IOException {
    try (var socket = new Socket(door.getHost(), door.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(request.formatted("x".repeat(25_000)).getBytes(StandardCharsets.US_ASCII));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(reader.readLine());
    }
  }

  private int grpcStatus(io.vertx.core.http.HttpClient client, String method, byte[] body)
      throws Exception {
    var status = new CompletableFuture<Integer>();
    // Asked for elsewhere than on the client's own thread, the answer may have gone by.
    vertx.runOnContext(
        here ->
            client
                .request(HttpMethod.POST, door.getPort(), door.getHost(), "/" + method)
                .compose(
                    request ->
                        request
                            .putHeader("content-type", "application/grpc")
                            .putHeader("authorization", "Bearer " + KnownCallers.OPERATOR)
                            .send(Buffer.buffer(body)))
                .compose(response -> response.body().map(end -> statusOf(response)))
                .onSuccess(status::complete)
                .onFailure(status::completeExceptionally));
    return status.get(20, TimeUnit.SECONDS);
  }

  private static int statusOf(HttpClientResponse response) {
    return Integer.parseInt(
        Optional.ofNullable(response.getHeader("grpc-status"))
            .orElseGet(() -> response.getTrailer("grpc-status")));
  }

  private HttpResponse<String> post(HttpClient client, String path, String type, byte[] body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(door.resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("authorization", "Bearer " + KnownCallers.OPERATOR)
            .header("content-type", type)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private List<byte[]> bodies() {
    var bodies = new ArrayList<byte[]>();
    ODD.forEach(text -> bodies.add(text.getBytes(StandardCharsets.UTF_8)));
    JSON.forEach(text -> mutated(text.getBytes(StandardCharsets.UTF_8), bodies));
    return bodies;
  }

  private List<byte[]> messages() {
    var messages = new ArrayList<byte[]>();
    var ref = ServiceRef.newBuilder().setMesh("east").setNamespace("shop").setName("web");
    Stream.of(
            PauseRequest.newBuilder().setTarget("west").setService(ref).setWhy("x").build(),
            ConfirmRequest.newBuilder().setOrigin("east").setWhy("x").build(),
            ListImportsRequest.newBuilder().setLimit(Integer.MIN_VALUE).setPage("x").build(),
            TranslateRequest.newBuilder()
                .setFrom("istio")
                .addDocuments(TranslateRequest.Document.newBuilder().setText("a: b"))
                .build())
        .forEach(message -> mutated(message.toByteArray(), messages));
    return messages;
  }

  /** Cut somewhere, with bytes changed, or with a piece twice. */
  private void mutated(byte[] whole, List<byte[]> all) {
    for (int i = 0; i < ROUNDS; i++) {
      var changed = whole.clone();
      int place = random.nextInt(whole.length);
      all.add(
          switch (i % 3) {
            case 0 -> Arrays.copyOf(whole, place);
            case 1 -> {
              changed[place] = (byte) random.nextInt();
              changed[random.nextInt(whole.length)] = (byte) random.nextInt();
              yield changed;
            }
            default ->
                Buffer.buffer(whole)
                    .appendBytes(Arrays.copyOfRange(whole, place, whole.length))
                    .getBytes();
          });
    }
  }

  private static List<String> methods() {
    return Stream.of(MeshbridgeGrpc.getServiceDescriptor(), OrdersGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(methods -> methods.stream().map(MethodDescriptor::getFullMethodName))
        .toList();
  }

  private static byte[] frame(int compressed, byte[] message) {
    return Buffer.buffer()
        .appendByte((byte) compressed)
        .appendInt(message.length)
        .appendBytes(message)
        .getBytes();
  }
}
