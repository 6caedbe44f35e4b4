package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Asks Consul's health API with blocking queries, as its clients do. */
final class CatalogSightings implements Sightings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI url;
  private final Oracle oracle;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CatalogSightings(ConsulAgentRig consul, Oracle oracle) {
    this.url = consul.agent().url();
    this.oracle = oracle;
  }

  @Override
  public Sight expect(Shop shop, boolean gone) {
    var name = oracle.consulName(shop);
    Set<String> wanted = gone ? Set.of() : oracle.consul(shop);
    return () -> await(name, wanted);
  }

  private long await(String service, Set<String> wanted) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long index = 0;
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      var answer = ask(service, index);
      long now = System.nanoTime();
      if (linesOf(answer.body()).equals(wanted)) {
        return now;
      }
      index = answer.headers().firstValueAsLong("X-Consul-Index").orElse(0);
    }
    throw new AssertionError("never seen: " + service + " as " + wanted);
  }

  private HttpResponse<String> ask(String service, long index)
      throws IOException, InterruptedException {
    var query = "/v1/health/service/" + service + "?wait=10s&index=" + index;
    var request = HttpRequest.newBuilder(url.resolve(query)).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Set<String> linesOf(String body) throws IOException {
    var lines = new TreeSet<String>();
    for (JsonNode entry : JSON.readTree(body)) {
      lines.add(
          ConsulObjects.line(entry.path("Service"), entry.at("/Checks/0/Status").asText("none")));
    }
    return lines;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
