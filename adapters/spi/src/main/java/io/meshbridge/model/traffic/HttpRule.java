package io.meshbridge.model.traffic;

import java.util.List;
import java.util.Optional;

/**
 * What happens to some of a service's HTTP or gRPC requests.
 *
 * @param name for people; may be empty
 * @param grpc whether its owner declared it for gRPC
 * @param matches one of which must hold; none for every request
 * @param filters in the order in which they act
 * @param backends that share the requests; none if a filter answers, or if nothing is there to
 *     answer
 * @param timeouts how long it waits
 * @param retry when it tries again; empty for the mesh's default
 * @param affinity how a client's requests stay together
 * @param sources where it was declared
 */
public record HttpRule(
    String name,
    boolean grpc,
    List<HttpMatch> matches,
    List<HttpFilter> filters,
    List<WeightedBackend> backends,
    Timeouts timeouts,
    Optional<Retry> retry,
    Optional<SessionAffinity> affinity,
    Sources sources) {
  /** Copies. */
  public HttpRule {
    matches = List.copyOf(matches);
    filters = List.copyOf(filters);
    backends = List.copyOf(backends);
  }

  /** Sends these requests there, and no more. */
  public static HttpRule routing(List<HttpMatch> matches, List<WeightedBackend> backends) {
    return new HttpRule(
        "",
        false,
        matches,
        List.of(),
        backends,
        Timeouts.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Sources.NONE);
  }

  /** Whether it takes every request. */
  public boolean takesAll() {
    return matches.isEmpty() || matches.stream().anyMatch(HttpMatch::isAny);
  }

  /** The same rule, without where it was declared. */
  public HttpRule withoutSources() {
    return new HttpRule(
        name, grpc, matches, filters, backends, timeouts, retry, affinity, Sources.NONE);
  }

  /** The same rule; if it says nothing of retries, with these. */
  public HttpRule orRetry(Retry other) {
    return retry.isPresent()
        ? this
        : new HttpRule(
            name,
            grpc,
            matches,
            filters,
            backends,
            timeouts,
            Optional.of(other),
            affinity,
            sources);
  }

  /** The same rule for other requests. */
  public HttpRule withMatches(List<HttpMatch> others) {
    return new HttpRule(name, grpc, others, filters, backends, timeouts, retry, affinity, sources);
  }
}
