package io.meshbridge.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;

/** Where a running bridge answers, as somebody wrote it. */
final class BridgeAddress {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  private BridgeAddress() {}

  /** The address, fit to be followed by a path. */
  static URI parse(String url) {
    try {
      var uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean usable =
          uri.getHost() != null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      if (usable) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw notAnUrl(url);
    }
    throw notAnUrl(url);
  }

  /** A client that does not wait for ever. */
  static HttpClient client() {
    return HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build();
  }

  private static InvalidInputException notAnUrl(String url) {
    return new InvalidInputException(
        "--url: '" + url + "' is not an absolute URL such as http://127.0.0.1:8080");
  }
}
