package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.testing.PaperAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(List.of(new PaperAdapter("paper"), new PaperAdapter("stone")), List.of());
  private static final String[] PAPER = {"-f", "-", "--from", "paper", "--to", "stone"};
  private static final String IMPORTS =
      """
      {"items":[{"service":{"mesh":"east","namespace":"shop","name":"web"}}],"next":null}
      """;
  private static final String EXPLANATION =
      """
      {"service":{"mesh":"east","namespace":"shop","name":"web"},"target":"west",
       "name":"web-east","state":"Applied","reason":"",
       "fields":[{"object":"VirtualService shop/web","path":"spec.http[0].timeout",
         "outcome":"kept","reason":"","advice":""},
        {"object":"VirtualService shop/web","path":"spec.http[0].mirror",
         "outcome":"dropped","reason":"there are no mirrors","advice":"mirror at the origin"}]}
      """;

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/", this::answer);
    server.start();
    answers.put("imports", IMPORTS);
    answers.put("meshes/west/imports/east/shop/web/explanation", EXPLANATION);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void takesNoOptionsBesideAConfigurationThatItWouldNotHeed() {
    var typed = run("", "web", "--to", "consul", "--config", "any.yaml", "--namespace", "shop");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).startsWith("--mesh and the options of the target: they go with --file");
  }

  @Test
  void explainsAServiceOfFiles() {
    var typed = explain("service=web namespace=shop colour=red\n", "shop/web");

    assertThat(typed.code()).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "paper/shop/web in stone is called web.shop.paper.mesh.internal: Translated",
            "",
            "FIELD        FROM  TO        OUTCOME  WHY",
            "name         -:1   web name  kept     -",
            "ports[http]  -:1   -         kept     -",
            "endpoints    -:1   -         kept     -",
            "colour       -:1   -         dropped  colours are not read (write in grey)",
            "",
            "1 dropped, 3 kept of 4 fields.");
  }

  @Test
  void printsTheSameForMachines() throws IOException {
    var typed = explain("service=web colour=red\n", "web", "-o", "json");

    var tree = new ObjectMapper().readTree(typed.out());
    assertThat(tree.at("/service/name").asText()).isEqualTo("web");
    assertThat(tree.at("/state").asText()).isEqualTo("Translated");
    assertThat(tree.at("/fields/0/path").asText()).isEqualTo("name");
    assertThat(tree.at("/fields/0/to/0/path").asText()).isEqualTo("name");
    assertThat(tree.at("/fields/3/outcome").asText()).isEqualTo("dropped");
    assertThat(tree.at("/fields/3/line").asInt()).isEqualTo(1);
  }

  @Test
  void tellsByItsExitCodeThatAServiceIsRefused() {
    var typed = explain("service=web colour=black\n", "web");

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out()).contains("Refused").contains("black is not legible");
  }

  @Test
  void asksWhichServiceIsMeant() {
    var typed = explain("service=web namespace=a\nservice=web namespace=b\n", "web");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err())
        .contains("SERVICE: 'web' may be any of [paper/a/web, paper/b/web]; say which");
  }

  @Test
  void saysWhichServicesThereAre() {
    var typed = explain("service=web\n", "shop/api");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err())
        .contains("SERVICE: there is no 'shop/api'; there are [paper/default/web]");
  }

  @Test
  void asksARunningBridge() {
    var typed = run("", "shop/web", "--to", "west", "--url", url());

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("east/shop/web in west is called web-east: Applied")
        .contains(
            "VirtualService shop/web  -   dropped  there are no mirrors (mirror at the origin)")
        .contains("1 dropped, 1 kept of 2 fields.");
  }

  @Test
  void saysThatTheBridgeKnowsNoSuchImport() {
    answers.put("imports", "{\"items\":[],\"next\":null}");

    var typed = run("", "shop/web", "--to", "west", "--url", url());

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).isEqualTo("SERVICE: there is no 'shop/web'\n");
  }

  @Test
  void doesOneThingOrTheOther() {
    var typed = run("", "web", "--to", "west", "--url", url(), "--from", "paper");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).isEqualTo("--url: give either it, or --file with --from\n");
  }

  private static Typed explain(String input, String... args) {
    var all = new java.util.ArrayList<>(List.of(args));
    all.addAll(List.of(PAPER));
    return run(input, all.toArray(new String[0]));
  }

  private static Typed run(String input, String... args) {
    return Typed.run(
        terminal ->
            new ExplainCommand(ADAPTERS, new PaperFiles(), ExplainCommandTest::load, terminal),
        input,
        false,
        args);
  }

  private static BridgeConfig load(ConfigOptions options) {
    throw new AssertionError("nobody names a configuration, but " + options.files());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().getPath().substring("/api/v1/".length());
    var body = answers.getOrDefault(name, "{\"detail\":\"unknown\"}");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(answers.containsKey(name) ? 200 : 404, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
