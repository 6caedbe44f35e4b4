package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bridge's REST interface, as any client sees it. */
public final class BridgeApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  BridgeApi(URI base) {
    this.base = base;
  }

  /** Where it is. */
  public URI base() {
    return base;
  }

  /** Whether the bridge says that it is ready; no, if it does not answer. */
  public boolean ready() throws InterruptedException {
    return says("/q/health/ready");
  }

  /** Whether the bridge says that it works; no, if it does not answer. */
  public boolean live() throws InterruptedException {
    return says("/q/health/live");
  }

  private boolean says(String path) throws InterruptedException {
    try {
      return get(path).statusCode() == 200;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The bridge's word on each mesh. */
  public List<JsonNode> meshes() throws IOException, InterruptedException {
    return items("/api/v1/meshes", "");
  }

  /** All imports that the query names, such as {@code mesh=west&state=Applied}, over all pages. */
  public List<JsonNode> imports(String query) throws IOException, InterruptedException {
    return items("/api/v1/imports", query);
  }

  /** All services that the query names, over all pages. */
  public List<JsonNode> services(String query) throws IOException, InterruptedException {
    return items("/api/v1/services", query);
  }

  private List<JsonNode> items(String path, String query) throws IOException, InterruptedException {
    var all = new ArrayList<JsonNode>();
    var page = "";
    do {
      var parameters = page.isEmpty() ? query : query + "&page=" + encoded(page);
      var answer = get(parameters.isEmpty() ? path : path + "?" + parameters);
      if (answer.statusCode() != 200) {
        throw new IOException(path + " answers " + answer.statusCode() + ": " + answer.body());
      }
      var body = JSON.readTree(answer.body());
      body.path("items").forEach(all::add);
      page = body.path("next").asText("");
    } while (!page.isEmpty() && !"null".equals(page));
    return List.copyOf(all);
  }

  /** The answer to a plain GET. */
  public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve(pathAndQuery)).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
