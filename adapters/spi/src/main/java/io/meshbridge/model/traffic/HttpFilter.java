package io.meshbridge.model.traffic;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a rule does to a request besides choosing where it goes. */
public sealed interface HttpFilter {
  /** Changes the request's headers. */
  record RequestHeaders(HeaderChange change) implements HttpFilter {}

  /** Changes the response's headers. */
  record ResponseHeaders(HeaderChange change) implements HttpFilter {}

  /**
   * Answers with a redirect; the request goes nowhere. What is not given stays as it was requested.
   *
   * @param status 301, 302, 303, 307 or 308
   */
  record Redirect(
      Optional<String> scheme,
      Optional<String> host,
      OptionalInt port,
      Optional<PathChange> path,
      int status)
      implements HttpFilter {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The port of a scheme where nobody names another. */
    public static int usualPort(String scheme) {
      return scheme.equals("https") ? HTTPS : HTTP;
    }
  }

  /** Sends the request on under another host or path. */
  record Rewrite(Optional<String> host, Optional<PathChange> path) implements HttpFilter {}

  /**
   * Sends a copy of the request elsewhere and drops the answer.
   *
   * @param percent of the requests, 0 to 100
   */
  record Mirror(BackendRef ref, BigDecimal percent) implements HttpFilter {
    /**
     * @throws IllegalArgumentException if the percentage is below 0 or above 100
     */
    public Mirror {
      percent = Decimals.percent(percent);
    }
  }

  /**
   * Holds requests back.
   *
   * @param percent of the requests, 0 to 100
   */
  record Delay(Duration delay, BigDecimal percent) implements HttpFilter {
    /**
     * @throws IllegalArgumentException if the percentage is below 0 or above 100
     */
    public Delay {
      percent = Decimals.percent(percent);
    }
  }

  /**
   * Answers with an error instead of sending the request on.
   *
   * @param httpStatus 200 to 599; empty for a gRPC status
   * @param grpcStatus the name of a gRPC status; empty for an HTTP status
   * @param percent of the requests, 0 to 100
   */
  record Abort(OptionalInt httpStatus, String grpcStatus, BigDecimal percent)
      implements HttpFilter {
    /**
     * @throws IllegalArgumentException if the percentage is below 0 or above 100
     */
    public Abort {
      percent = Decimals.percent(percent);
    }
  }

  /**
   * Answers itself; the request goes nowhere.
   *
   * @param status 200 to 599
   * @param body may be empty
   */
  record DirectResponse(int status, String body) implements HttpFilter {}

  /**
   * Answers preflight requests and tells browsers who may call (the CORS protocol of the Fetch
   * standard).
   *
   * @param origins conditions on the {@code Origin} header, one of which must hold
   * @param maxAge how long a browser may remember the answer; empty if that is not said
   */
  record Cors(
      List<TextMatch> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposedHeaders,
      Optional<Duration> maxAge,
      boolean credentials)
      implements HttpFilter {
    /** Copies. */
    public Cors {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposedHeaders = List.copyOf(exposedHeaders);
    }
  }
}
