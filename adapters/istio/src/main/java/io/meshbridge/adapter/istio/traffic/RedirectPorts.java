package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import java.util.Optional;

/**
 * Which port a redirect to another host leads to. The model's redirect keeps a port that the
 * request names, which is any but 80, and else goes to the usual one of its scheme; Istio's goes to
 * the usual one unless it is told to keep that of the request, whichever it is.
 */
final class RedirectPorts {
  /** Istio's word for a port that stays as it was requested. */
  static final String AS_REQUESTED = "FROM_REQUEST_PORT";

  private static final int HTTP = 80;

  private RedirectPorts() {}

  /** Whether Istio keeps the port of a request just where the model does. */
  static boolean keepsAsTheModel(Optional<String> scheme) {
    return usual(scheme) == HTTP;
  }

  /** Whether requests to that port do not name it. */
  static boolean isUnnamed(int port) {
    return port == HTTP;
  }

  /**
   * The port of a scheme.
   *
   * @param scheme empty for that of the request, which is in clear where its path can be seen
   */
  static int usual(Optional<String> scheme) {
    return scheme.map(HttpFilter.Redirect::usualPort).orElse(HTTP);
  }
}
