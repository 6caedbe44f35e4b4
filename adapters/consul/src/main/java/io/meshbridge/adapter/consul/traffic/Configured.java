package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.TracedFields;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The splitters and resolvers that requests to one service may come by, each read once. Those of
 * the service itself were read by whoever tells what is wrong with them.
 */
final class Configured {
  private final ConfigEntries entries;
  private final Map<ServiceName, Optional<SplitterEntry>> splitters = new HashMap<>();
  private final Map<ServiceName, ResolverEntry> resolvers = new HashMap<>();

  Configured(ConfigEntries entries) {
    this.entries = entries;
  }

  void know(ServiceName service, Optional<SplitterEntry> splitter, ResolverEntry resolver) {
    splitters.put(service, splitter);
    resolvers.put(service, resolver);
  }

  Optional<SplitterEntry> splitter(ServiceName service) {
    return splitters.computeIfAbsent(
        service,
        name ->
            entries
                .find(ConfigKind.SERVICE_SPLITTER, name)
                .map(entry -> SplitterEntry.read(entry, fields(entry))));
  }

  ResolverEntry resolver(ServiceName service) {
    return resolvers.computeIfAbsent(
        service,
        name ->
            entries
                .find(ConfigKind.SERVICE_RESOLVER, name)
                .map(entry -> ResolverReader.read(entry, fields(entry)))
                .orElse(ResolverEntry.NONE));
  }

  /** What is wrong with another service's entry is told with that service. */
  private static TracedFields fields(ConfigEntry entry) {
    return entry.open().fields();
  }
}
