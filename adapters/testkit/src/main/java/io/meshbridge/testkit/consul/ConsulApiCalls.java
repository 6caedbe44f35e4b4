package io.meshbridge.testkit.consul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls an agent's HTTP API as an operator would: JSON in, JSON out. */
public final class ConsulApiCalls {
  private static final Pattern READS =
      Pattern.compile("(?m)^consul_http_(?:GET|POST)_v1_(\\w+)_count ([0-9.e+]+)$");
  private static final Pattern SECRET = Pattern.compile("\"SecretID\": ?\"([^\"]+)\"");

  private final URI url;
  private final String token;
  private final HttpClient http;

  ConsulApiCalls(URI url, String token, @Nullable SSLContext tls) {
    this.url = url;
    this.token = token;
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  /**
   * The body of a 200.
   *
   * @throws IllegalStateException if the answer is anything else
   */
  public String get(String pathAndQuery) {
    return required(send("GET", pathAndQuery, ""));
  }

  /**
   * Sends JSON with PUT and returns the body of a 200.
   *
   * @throws IllegalStateException if the answer is anything else
   */
  public String put(String pathAndQuery, String json) {
    return required(send("PUT", pathAndQuery, json));
  }

  /** The same with POST. */
  public String post(String pathAndQuery, String json) {
    return required(send("POST", pathAndQuery, json));
  }

  /** The same with DELETE and no body. */
  public String delete(String pathAndQuery) {
    return required(send("DELETE", pathAndQuery, ""));
  }

  /** The state's index that an answer carries; 0 if it carries none. */
  public long index(String pathAndQuery) {
    return send("GET", pathAndQuery, "").headers().firstValueAsLong("X-Consul-Index").orElse(0);
  }

  /** How many reads the agent has answered so far, blocking ones that still wait not counted. */
  public long readsAnswered() {
    return READS
        .matcher(get("/v1/agent/metrics?format=prometheus"))
        .results()
        .filter(line -> !line.group(1).equals("agent_metrics"))
        .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
        .sum();
  }

  /** The whole state, for {@link #restore}. */
  public byte[] snapshot() {
    var request = request("/v1/snapshot").GET().build();
    return required(exchange(request, BodyHandlers.ofByteArray()));
  }

  /** Sets the whole state back to what it was: indexes too. */
  public void restore(byte[] snapshot) {
    var request = request("/v1/snapshot").PUT(BodyPublishers.ofByteArray(snapshot)).build();
    required(exchange(request, BodyHandlers.ofString()));
  }

  /** Makes a token with these rules; returns its secret. */
  public String tokenWith(String policyName, String rules) {
    put(
        "/v1/acl/policy",
        "{\"Name\":\"" + policyName + "\",\"Rules\":\"" + rules.replace("\"", "\\\"") + "\"}");
    var made = put("/v1/acl/token", "{\"Policies\":[{\"Name\":\"" + policyName + "\"}]}");
    var matcher = SECRET.matcher(made);
    if (!matcher.find()) {
      throw new IllegalStateException("the agent made no token: " + made);
    }
    return matcher.group(1);
  }

  boolean takesWrites() {
    try {
      return send("PUT", "/v1/kv/meshbridge-test-ready", "now").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static <T> T required(HttpResponse<T> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(String method, String pathAndQuery, String body) {
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return exchange(
        request(pathAndQuery).method(method, publisher).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    var request = HttpRequest.newBuilder(url.resolve(pathAndQuery)).timeout(Duration.ofSeconds(10));
    return token.isEmpty() ? request : request.header("X-Consul-Token", token);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", cancelled);
    }
  }
}
