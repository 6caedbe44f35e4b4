package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T12:05:00Z"), ZoneOffset.UTC);
  private static final String MESHES =
      """
      {"items":[{"id":"east","kind":"istio","version":"1.30","member":true,"role":"leader",
        "source":"live","reason":"","heartbeatAgeMs":2000,"exports":2,"imports":{"Applied":1}},
       {"id":"west","kind":"consul","version":"","member":true,"role":"observer",
        "source":"interrupted","reason":"no route","heartbeatAgeMs":-1,"exports":0,"imports":{}}]}
      """;
  private static final String SERVICES =
      """
      {"items":[{"service":{"mesh":"east","namespace":"shop","name":"web"},
        "ports":[{"name":"http","number":80,"protocol":"http"}],"endpoints":3,"takingTraffic":2,
        "observedAt":"2026-01-02T12:00:00Z","staleReason":""}],"next":null}
      """;

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/", this::answer);
    server.start();
    answers.put("meshes", MESHES);
    answers.put("services", SERVICES);
    answers.put("imports", imports("web", "Applied", null));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void showsMeshesExportsAndImports() {
    var typed = status("--url", url());

    assertThat(typed.code()).isZero();
    assertThat(typed.out().lines().map(String::strip))
        .containsExactly(
            "Meshes (2)",
            "MESH  KIND    VERSION  ROLE      SOURCE       HEARTBEAT  EXPORTS  IMPORTS    REASON",
            "east  istio   1.30     leader    live         2s         2        1 Applied  -",
            "west  consul  -        observer  interrupted  -          0        -          no route",
            "",
            "Exports (1)",
            "MESH  NAMESPACE  SERVICE  PORTS    ENDPOINTS  CHANGED  STALE",
            "east  shop       web      80/http  2/3        5m       -",
            "",
            "Imports (1)",
            "TARGET  SERVICE        NAME      STATE    AGE  LATENCY  LOSSES  REASON",
            "west    east/shop/web  web-east  Applied  4m   42ms     0       why",
            "");
  }

  @Test
  void followsPagesToTheirEnd() {
    answers.put("imports", imports("a", "Applied", "tok+1"));
    answers.put("imports?page=tok%2B1", imports("b", "Stale", null));

    var typed = status("--url", url());

    assertThat(typed.out()).contains("Imports (2)").contains("east/shop/a").contains("east/shop/b");
  }

  @Test
  void asksTheBridgeToFilter() {
    var typed = status("--url", url(), "--mesh", "west", "--state", "Stale");

    assertThat(asked)
        .contains(
            "/api/v1/services?limit=1000&mesh=west",
            "/api/v1/imports?limit=1000&mesh=west&state=Stale");
    assertThat(typed.out()).contains("Meshes (1)");
  }

  @Test
  void printsTheSameListsForMachines() throws IOException {
    var json = new ObjectMapper().readTree(status("--url", url(), "-o", "json").out());
    var yaml = status("--url", url(), "--output", "yaml").out();

    assertThat(json.at("/meshes/0/id").asText()).isEqualTo("east");
    assertThat(json.at("/services/0/service/name").asText()).isEqualTo("web");
    assertThat(json.at("/imports/0/state").asText()).isEqualTo("Applied");
    assertThat(yaml).contains("meshes:\n- id: east\n").contains("state: Applied");
  }

  @Test
  void saysWhatToDoWhenNobodyAnswers() {
    server.stop(0);

    var typed = status("--url", url());

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .startsWith("Cannot reach a bridge at " + url())
        .contains("meshbridge run")
        .contains("--url");
  }

  @Test
  void passesOnWhatTheBridgeRefuses() {
    answers.remove("imports");

    var typed = status("--url", url(), "--state", "applied");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).isEqualTo("state is wrong\n");
  }

  @Test
  void refusesAnAddressThatIsNone() {
    var typed = status("--url", "bridge:8080");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).contains("--url: 'bridge:8080' is not an absolute URL");
  }

  @Test
  void takesSomethingElseForNoBridge() {
    answers.put("meshes", "[]");

    var typed = status("--url", url());

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.err()).contains("not as a Meshbridge does");
  }

  @Test
  void keepsWatchingABridgeThatGoesAwayAndComesBack() {
    var looks = new AtomicInteger();
    Pause pause =
        time -> {
          int look = looks.incrementAndGet();
          if (look == 1) {
            answers.put("meshes", "torn");
          } else if (look == 2) {
            answers.put("meshes", MESHES);
          } else {
            throw new IllegalStateException("watched long enough");
          }
        };

    var typed =
        Typed.run(terminal -> new StatusCommand(terminal, CLOCK, pause), "--watch", "--url", url());

    assertThat(typed.out().lines().filter(line -> line.equals("Meshes (2)"))).hasSize(2);
    assertThat(typed.err()).contains("not as a Meshbridge does");
  }

  private static Typed status(String... args) {
    return Typed.run(terminal -> new StatusCommand(terminal, CLOCK, time -> {}), args);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String imports(String name, String state, String next) {
    return """
        {"items":[{"service":{"mesh":"east","namespace":"shop","name":"%s"},"target":"west",
          "name":"%s-east","state":"%s","since":"2026-01-02T12:01:00Z","latencyMs":42,
          "reason":"why","losses":[]}],"next":%s}
        """
        .formatted(name, name, state, next == null ? "null" : "\"" + next + "\"");
  }

  private void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI().toString();
    asked.add(uri);
    var name = exchange.getRequestURI().getPath().substring("/api/v1/".length());
    int page = uri.indexOf("page=");
    var body = answers.get(page < 0 ? name : name + "?" + uri.substring(page));
    int status = body == null ? 400 : 200;
    var bytes =
        (body == null ? "{\"detail\":\"state is wrong\"}" : body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
