package io.meshbridge.adapter.istio.traffic;

import java.util.Optional;

/**
 * The ports that Istio leaves out of a redirect's location, because they are those of its scheme.
 * Where the host is another one and nobody gives a port, this is what clients go to; the port of a
 * host that stays, stays as well.
 */
final class RedirectPorts {
  /** Istio's word for a port that stays as it was requested. */
  static final String AS_REQUESTED = "FROM_REQUEST_PORT";

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private RedirectPorts() {}

  /**
   * The port of a scheme.
   *
   * @param scheme empty for that of the request, which is in clear where its path can be seen
   */
  static int usual(Optional<String> scheme) {
    return scheme.filter("https"::equals).isPresent() ? HTTPS : HTTP;
  }
}
