package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees every answer of a server, watches included, and tells the throttle of those that ask for a
 * pause: the client's own exceptions do not carry the header.
 */
final class ThrottleWitness implements Interceptor {
  private static final Logger LOG = Logger.getLogger(ThrottleWitness.class);
  private static final String RETRY_AFTER = "Retry-After";
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final Throttle throttle;
  private final String server;

  /**
   * Tells nothing yet.
   *
   * @param server names it in logs
   */
  ThrottleWitness(Throttle throttle, String server) {
    this.throttle = throttle;
    this.server = server;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (response.isSuccessful()) {
      throttle.served();
    }
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    var header = response.header(RETRY_AFTER);
    if (response.code() == 429 || (response.code() == 503 && header != null)) {
      boolean news = throttle.refused(pauseOf(header));
      if (news) {
        LOG.warnf(
            "API server is asked too much, requests wait server=%s code=%d retry_after=%s"
                + " pause_ms=%d",
            server, response.code(), header, throttle.pause().toMillis());
      }
    }
    // Whoever made the request decides whether it is made again.
    return CompletableFuture.completedFuture(false);
  }

  /** A date, which no API server sends, counts as no time given. */
  private static Duration pauseOf(@Nullable String header) {
    return header != null && SECONDS.matcher(header.strip()).matches()
        ? Duration.ofSeconds(Long.parseLong(header.strip()))
        : Duration.ZERO;
  }
}
