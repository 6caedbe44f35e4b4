package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import java.util.List;

/**
 * One route of a service-router, of which everything can be said elsewhere.
 *
 * @param matches none for every request
 * @param filters in order
 * @param target before splitters and resolvers
 * @param timeouts with the proxies' defaults made explicit
 * @param retry likewise
 * @param sources of everything but the backends
 */
record RouteEntry(
    List<HttpMatch> matches,
    List<HttpFilter> filters,
    Target target,
    Timeouts timeouts,
    Retry retry,
    Sources sources) {
  RouteEntry {
    matches = List.copyOf(matches);
    filters = List.copyOf(filters);
  }
}
