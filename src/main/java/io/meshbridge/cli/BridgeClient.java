package io.meshbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a running bridge tells over REST. */
final class BridgeClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PAGE_SIZE = "1000";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;
  private final URI bridge;

  /**
   * @param bridge such as {@code http://127.0.0.1:8080}
   */
  BridgeClient(HttpClient http, URI bridge) {
    this.http = http;
    this.bridge = bridge;
  }

  /** One thing, by its path below {@code /api/v1}, each element of it still as it is. */
  JsonNode one(String... path) throws UnreachableException, InterruptedException {
    var elements = Stream.of(path).map(BridgeClient::element).collect(Collectors.joining("/"));
    return get(elements, Map.of());
  }

  /** All items of a list that comes whole. */
  ArrayNode list(String name) throws UnreachableException, InterruptedException {
    return items(get(name, Map.of()));
  }

  /** All items of a list that comes in pages, whatever their number. */
  ArrayNode pages(String name, Map<String, String> filters)
      throws UnreachableException, InterruptedException {
    var all = json.createArrayNode();
    var query = new TreeMap<>(filters);
    query.put("limit", PAGE_SIZE);
    while (true) {
      var page = get(name, query);
      all.addAll(items(page));
      var next = page.path("next");
      if (!next.isTextual()) {
        return all;
      }
      query.put("page", next.asText());
    }
  }

  private ArrayNode items(JsonNode page) throws UnreachableException {
    if (page.path("items") instanceof ArrayNode items) {
      return items;
    }
    throw new UnreachableException(bridge + " answers, but not as a Meshbridge does.");
  }

  private JsonNode get(String name, Map<String, String> query)
      throws UnreachableException, InterruptedException {
    var uri = URI.create(bridge + "/api/v1/" + name + text(query));
    var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build();
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException unreachable) {
      throw new UnreachableException(
          "Cannot reach a bridge at "
              + bridge
              + " ("
              + reason(unreachable)
              + "). Start one with 'meshbridge run', or say with --url where one runs.",
          unreachable);
    }
    return switch (response.statusCode()) {
      case 200 -> parse(response.body());
      case 400, 404 -> throw new InvalidInputException(detail(response));
      default ->
          throw new UnreachableException(
              bridge + " answers " + response.statusCode() + ": " + detail(response));
    };
  }

  private String detail(HttpResponse<String> response) throws UnreachableException {
    var contentType = response.headers().firstValue("content-type").orElse("");
    return contentType.contains("json")
        ? parse(response.body()).path("detail").asText("no reason given")
        : "no reason given";
  }

  private JsonNode parse(String body) throws UnreachableException {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException noJson) {
      throw new UnreachableException(
          bridge + " answers, but not as a Meshbridge does: " + noJson.getOriginalMessage(),
          noJson);
    }
  }

  private static String text(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String element(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The client tells a refused connection by a type and no words. */
  private static String reason(IOException failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
