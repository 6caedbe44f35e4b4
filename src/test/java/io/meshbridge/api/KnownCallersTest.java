package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.grpc.Status;
import io.meshbridge.cli.UnreachableException;
import io.meshbridge.config.Adapters;
import io.meshbridge.grpc.v1.ConfirmRequest;
import io.meshbridge.grpc.v1.PauseRequest;
import io.meshbridge.grpc.v1.ResumeRequest;
import io.meshbridge.grpc.v1.ServiceRef;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(KnownCallers.class)
class KnownCallersTest {
  private static final String PAUSE = "{\"target\":\"west\",\"why\":\"the sale\"}";
  private static final String PAUSES = "/api/v1/orders/pauses";

  @TestHTTPResource("/")
  URI door;

  @TestHTTPResource(value = "/", tls = true)
  URI tlsDoor;

  @Inject FakeDesk desk;
  @Inject FakeConfiguration configuration;
  @Inject Adapters adapters;
  @Inject DoorStart start;
  @Inject DoorSocket socket;
  @TempDir private Path folder;

  @BeforeEach
  void aBridgeThatGivesOrders() {
    desk.clear();
    configuration.set(Optional.of(Configured.in(folder, adapters)));
  }

  @Test
  void tellsNobodyAnythingButItsHealth() {
    given()
        .get("/api/v1/imports")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .contentType("application/problem+json")
        .body("detail", containsString("viewer"));
    given().get("/q/health/live").then().statusCode(200);
    try (var nobody = new GrpcClient(door)) {
      assertThat(nobody.call("meshbridge.v1.Meshbridge/ListImports", new byte[0]))
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(nobody.call("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", bytes()))
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(nobody.call("grpc.health.v1.Health/Check", new byte[0])).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void refusesATokenThatItDoesNotKnow() {
    as("operator-0123456789abcdef-012345678X").get("/api/v1/imports").then().statusCode(401);
    given()
        .header("Authorization", "Basic b3BlcmF0b3I6")
        .get("/api/v1/imports")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", "Bearer " + KnownCallers.OPERATOR, "Bearer " + "other")
        .get("/api/v1/imports")
        .then()
        .statusCode(401);
    try (var wrong = new GrpcClient(door, "wrong")) {
      assertThat(wrong.call("meshbridge.v1.Meshbridge/ListImports", new byte[0]))
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
    // Whoever scrapes may have a token for somebody else.
    as("another").get("/q/metrics").then().statusCode(200);
  }

  @Test
  void letsViewersLookAndGiveNoOrders() {
    as(KnownCallers.VIEWER).get("/api/v1/imports").then().statusCode(200);
    as(KnownCallers.VIEWER)
        .contentType("application/json")
        .body(PAUSE)
        .post(PAUSES)
        .then()
        .statusCode(403)
        .body("detail", containsString("'viewer (token)' has the role viewer"));
    try (var viewer = new GrpcClient(door, KnownCallers.VIEWER)) {
      assertThat(viewer.call("meshbridge.v1.Meshbridge/ListImports", new byte[0]))
          .isEqualTo(Status.Code.OK);
      assertThat(viewer.call("meshbridge.v1.Orders/Pause", new byte[0]))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void letsOperatorsGiveOrdersAndSignsThem() {
    pause().statusCode(200).body("order", equalTo("pause")).body("by", equalTo("operator (token)"));
    as(KnownCallers.OPERATOR)
        .get("/api/v1/orders")
        .then()
        .body("items[0].target", equalTo("west"))
        .body("items[0].why", equalTo("the sale"));
    as(KnownCallers.OPERATOR)
        .queryParam("target", "west")
        .queryParam("why", "over")
        .delete(PAUSES)
        .then()
        .statusCode(200);
    as(KnownCallers.OPERATOR).delete(PAUSES + "?target=west").then().statusCode(404);
    as(KnownCallers.OPERATOR)
        .contentType("application/json")
        .body("{\"origin\":\"east\",\"why\":\"moved\"}")
        .post("/api/v1/orders/confirmations")
        .then()
        .statusCode(200);

    assertThat(desk.acts())
        .containsExactly(
            "give operator (token) the sale",
            "lift operator (token) over",
            "give operator (token) moved");
  }

  @Test
  void takesOrdersByGrpcToo() {
    var web = ServiceRef.newBuilder().setMesh("east").setNamespace("shop").setName("web");
    var pause = PauseRequest.newBuilder().setTarget("west").setService(web).setWhy("looked at");
    var resume = ResumeRequest.newBuilder().setTarget("west").setService(web);
    var confirm = ConfirmRequest.newBuilder().setOrigin("east").setTarget("west").setWhy("moved");
    try (var operator = new GrpcClient(door, KnownCallers.OPERATOR)) {
      assertThat(operator.call("meshbridge.v1.Orders/Resume", resume.build().toByteArray()))
          .isEqualTo(Status.Code.NOT_FOUND);
      assertThat(operator.call("meshbridge.v1.Orders/Pause", pause.build().toByteArray()))
          .isEqualTo(Status.Code.OK);
      assertThat(operator.call("meshbridge.v1.Orders/Resume", resume.build().toByteArray()))
          .isEqualTo(Status.Code.OK);
      assertThat(operator.call("meshbridge.v1.Orders/Confirm", confirm.build().toByteArray()))
          .isEqualTo(Status.Code.OK);
    }

    assertThat(desk.acts())
        .containsExactly(
            "give operator (token) looked at",
            "lift operator (token) ",
            "give operator (token) moved");
  }

  @Test
  void namesAllThatIsWrongWithAnOrder() {
    order("{\"target\":\"glass\",\"service\":{\"mesh\":\"east\"},\"why\":\"x\"}")
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("target", "service")))
        .body("errors[0].expected", equalTo("one of the members [east, west]"));
    order("{\"target\":\"west\"}").statusCode(400).body("errors.parameter[0]", equalTo("why"));
    order("{\"target\":\"west\",\"why\":\"two\\nlines\"}").statusCode(400);
    order("{\"target\":\"west\",\"why\":\"x\",\"by\":\"somebody else\"}")
        .statusCode(400)
        .body("errors.parameter[0]", equalTo("by"));

    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void namesTheRightThatItsKafkaUserLacks() {
    desk.fail(
        new UnreachableException(
            "cannot write to [trail] at broker:9092: org.apache.kafka",
            new TopicAuthorizationException(Set.of("meshbridge.demo.trail"))));

    pause()
        .statusCode(502)
        .body("detail", containsString("Write"))
        .body("detail", containsString("meshbridge.demo.trail"))
        .body("detail", containsString("docs/install.md"));

    desk.fail(new UnreachableException("cannot write to [trail] at broker:9092: org.apache.kafka"));

    pause()
        .statusCode(503)
        .body("detail", not(containsString("broker")))
        .body("detail", not(containsString("org.apache")));
  }

  @Test
  void knowsCallersByTheirCertificates() throws Exception {
    var home = KnownCallers.folder();

    assertThat(overTls(home, "known", "/api/v1/imports").statusCode()).isEqualTo(200);
    assertThat(overTls(home, "stranger", "/api/v1/imports").statusCode()).isEqualTo(401);
    assertThat(overTls(home, "", "/api/v1/imports").statusCode()).isEqualTo(401);
    try (var client = client(home, "known")) {
      var paused =
          client.send(
              HttpRequest.newBuilder(tlsDoor.resolve(PAUSES))
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(PAUSE))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(paused.statusCode()).isEqualTo(200);
    }

    assertThat(desk.acts())
        .containsExactly("give " + KnownCallers.OPERATOR_ID + " (certificate) the sale");
  }

  @Test
  void knowsWhoOpensItsSocket() throws Exception {
    var file = KnownCallers.folder().resolve("run/door");
    start.prepare();
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      var answer =
          bySocket(
              file,
              "POST %s HTTP/1.1\r\nHost: door\r\nContent-Type: application/json\r\nContent-Length:"
                      .formatted(PAUSES)
                  + " %d\r\nConnection: close\r\n\r\n%s".formatted(PAUSE.length(), PAUSE));
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(desk.acts())
          .containsExactly("give " + System.getProperty("user.name") + " (socket) the sale");
      // The same machine, and not the socket.
      given().get("/api/v1/imports").then().statusCode(401);
    } finally {
      socket.close();
    }
    assertThat(file).doesNotExist();
  }

  private ValidatableResponse pause() {
    return order(PAUSE);
  }

  private static ValidatableResponse order(String body) {
    return as(KnownCallers.OPERATOR).contentType("application/json").body(body).post(PAUSES).then();
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> overTls(Path home, String name, String path) throws Exception {
    try (var client = client(home, name)) {
      return client.send(
          HttpRequest.newBuilder(tlsDoor.resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpClient client(Path home, String name) throws Exception {
    return HttpClient.newBuilder().sslContext(Certificates.client(home, name)).build();
  }

  private static String bySocket(Path file, String request) throws Exception {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(file));
      var sent = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (sent.hasRemaining()) {
        channel.write(sent);
      }
      var answer = ByteBuffer.allocate(64 * 1024);
      while (channel.read(answer) >= 0) {
        assertThat(answer.hasRemaining()).isTrue();
      }
      return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }
  }

  private static byte[] bytes() {
    return new byte[0];
  }
}
