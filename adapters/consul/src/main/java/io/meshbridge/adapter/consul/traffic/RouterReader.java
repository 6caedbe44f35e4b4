package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch.Kind;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the routes of a service-router. */
final class RouterReader {
  /** Envoy's, which Consul leaves as it is where a route says nothing. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  private static final String LEFT_OUT =
      "the route is left out; its requests fall to the routes after it";

  private final ConfigEntry entry;
  private final TracedFields destination;
  private final Sources.Builder sources = new Sources.Builder();

  private RouterReader(ConfigEntry entry, TracedFields destination) {
    this.entry = entry;
    this.destination = destination;
  }

  /** The routes that can be said, in order. */
  static List<RouteEntry> read(ConfigEntry entry, TracedFields fields) {
    var routes = new ArrayList<RouteEntry>();
    for (TracedFields route : fields.objects("Routes")) {
      new RouterReader(entry, route.object("Destination")).route(route).ifPresent(routes::add);
    }
    return routes;
  }

  private Optional<RouteEntry> route(TracedFields route) {
    var matches = MatchReader.read(route.object("Match").object("HTTP"), sources);
    var filters = filters(matches.orElse(List.of()));
    var target = Target.read(destination, entry, LEFT_OUT);
    var timeouts = timeouts();
    var retry = RetryReader.read(destination, sources);
    return matches.isEmpty() || target.isEmpty() || filters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RouteEntry(
                matches.get(),
                filters.get(),
                target.get(),
                timeouts,
                retry,
                sourcesOr(route.ref())));
  }

  /** A route without any field of its own is its own source. */
  private Sources sourcesOr(FieldRef route) {
    var read = sources.build();
    return read.fields().isEmpty() ? new Sources.Builder().add("", route).build() : read;
  }

  private Timeouts timeouts() {
    var request = ConsulDurations.readTimeout(destination, "RequestTimeout");
    var idle = ConsulDurations.readTimeout(destination, "IdleTimeout");
    request.ifPresent(t -> sources.add("timeouts.request", destination.ref("RequestTimeout")));
    idle.ifPresent(t -> sources.add("timeouts.idle", destination.ref("IdleTimeout")));
    return new Timeouts(request.or(() -> Optional.of(DEFAULT_TIMEOUT)), Optional.empty(), idle);
  }

  /** Empty if one of them makes no sense. */
  private Optional<List<HttpFilter>> filters(List<HttpMatch> matches) {
    var filters = new ArrayList<HttpFilter>();
    var request = HeaderChanges.read(destination.object("RequestHeaders"));
    if (!request.isEmpty()) {
      addSources(request, filters.size());
      filters.add(new HttpFilter.RequestHeaders(request.change()));
    }
    var rewrite = destination.text("PrefixRewrite").filter(path -> !path.isEmpty());
    if (rewrite.isPresent()) {
      var kind = matches.stream().findFirst().flatMap(HttpMatch::path).map(path -> path.kind());
      if (kind.isEmpty() || kind.get() == Kind.REGEX) {
        destination.error("PrefixRewrite", "needs a PathExact or PathPrefix that it rewrites");
        return Optional.empty();
      }
      sources.add("filters[" + filters.size() + "]", destination.ref("PrefixRewrite"));
      filters.add(
          new HttpFilter.Rewrite(Optional.empty(), Optional.of(change(kind.get(), rewrite.get()))));
    }
    var response = HeaderChanges.read(destination.object("ResponseHeaders"));
    if (!response.isEmpty()) {
      addSources(response, filters.size());
      filters.add(new HttpFilter.ResponseHeaders(response.change()));
    }
    return Optional.of(filters);
  }

  /** A path that was matched exactly is rewritten whole. */
  private static PathChange change(Kind kind, String path) {
    return kind == Kind.EXACT ? new PathChange.Whole(path) : new PathChange.Prefix(path);
  }

  private void addSources(HeaderChanges changes, int filter) {
    changes.refs().forEach(ref -> sources.add("filters[" + filter + "]", ref));
  }
}
