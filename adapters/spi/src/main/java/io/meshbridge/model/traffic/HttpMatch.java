package io.meshbridge.model.traffic;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A condition on an HTTP request: everything that is given must hold.
 *
 * @param path its path
 * @param method its method
 * @param headers its headers, in lower case, apart from the pseudo headers
 * @param query parameters of its query
 * @param authority its host, with the port if it names one
 * @param scheme {@code http} or {@code https}
 * @param port the service's port that it was sent to
 * @param client who sends it
 */
public record HttpMatch(
    Optional<PathMatch> path,
    Optional<TextMatch> method,
    List<NamedMatch> headers,
    List<NamedMatch> query,
    Optional<TextMatch> authority,
    Optional<TextMatch> scheme,
    OptionalInt port,
    ClientMatch client) {
  /** Every request. */
  public static final HttpMatch ANY =
      new HttpMatch(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          ClientMatch.ANY);

  /** Copies. */
  public HttpMatch {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
  }

  /** The same with a condition on the path. */
  public HttpMatch withPath(PathMatch other) {
    return new HttpMatch(
        Optional.of(other), method, headers, query, authority, scheme, port, client);
  }

  /** The same with these conditions on the headers. */
  public HttpMatch withHeaders(List<NamedMatch> others) {
    return new HttpMatch(path, method, others, query, authority, scheme, port, client);
  }

  /** The same with another condition on the authority, or none. */
  public HttpMatch withAuthority(Optional<TextMatch> other) {
    return new HttpMatch(path, method, headers, query, other, scheme, port, client);
  }

  /** The same with a condition on the port. */
  public HttpMatch withPort(int other) {
    return withPort(OptionalInt.of(other));
  }

  /** The same with another condition on the port, or none. */
  public HttpMatch withPort(OptionalInt other) {
    return new HttpMatch(path, method, headers, query, authority, scheme, other, client);
  }

  /** The same with a condition on the client. */
  public HttpMatch withClient(ClientMatch other) {
    return new HttpMatch(path, method, headers, query, authority, scheme, port, other);
  }

  /** Whether every request matches. */
  public boolean isAny() {
    return (path.isEmpty() || path.get().matchesAll())
        && method.isEmpty()
        && headers.isEmpty()
        && query.isEmpty()
        && authority.isEmpty()
        && scheme.isEmpty()
        && port.isEmpty()
        && client.isAny();
  }
}
