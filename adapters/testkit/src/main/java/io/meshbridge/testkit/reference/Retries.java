package io.meshbridge.testkit.reference;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How often a request is tried again, and after what.
 *
 * @param attempts after the first
 * @param statuses of HTTP, for requests that are no gRPC calls
 * @param codes of gRPC, for those that are
 * @param connection the failures of a connection, in Envoy's words, that are named one by one
 * @param isDefault whether it is the mesh's own default and nobody asked for it
 */
public record Retries(
    int attempts,
    SortedSet<Integer> statuses,
    SortedSet<String> codes,
    SortedSet<String> connection,
    boolean isDefault) {
  /** Never. */
  public static final Retries NEVER = never(false);

  /** Copies. */
  public Retries {
    statuses = Collections.unmodifiableSortedSet(new TreeSet<>(statuses));
    codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
    connection = Collections.unmodifiableSortedSet(new TreeSet<>(connection));
  }

  /** Never, because nobody asked for it. */
  static Retries never(boolean isDefault) {
    return new Retries(0, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), isDefault);
  }

  /** What of it can happen to that request. */
  Retries of(Request request) {
    var seen =
        new Retries(
            attempts,
            request.isGrpc() ? new TreeSet<>() : statuses,
            request.isGrpc() ? codes : new TreeSet<>(),
            connection,
            isDefault);
    return attempts == 0 || seen.isIdle() ? never(isDefault) : seen;
  }

  private boolean isIdle() {
    return statuses.isEmpty() && codes.isEmpty() && connection.isEmpty();
  }
}
