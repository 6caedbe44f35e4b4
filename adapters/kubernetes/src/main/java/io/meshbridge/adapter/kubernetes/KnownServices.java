package io.meshbridge.adapter.kubernetes;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The Services of a mesh with their slices and marks, as told by feeds. Belongs to one thread. */
public final class KnownServices {
  private final Predicate<ServiceFacts> ownMark;
  private final boolean serviceExports;
  private final Consumer<ResourceKey> changed;
  private final Table<ServiceFacts> services = new Table<>();
  private final Table<SliceFacts> slices = new Table<>();
  private final Table<Boolean> exports = new Table<>();
  // The keys of a Service's slices, by the Service.
  private final Map<ResourceKey, Set<ResourceKey>> slicesOf = new HashMap<>();

  /**
   * Nothing was read yet.
   *
   * @param ownMark whether a Service itself says that it is exported
   * @param serviceExports whether ServiceExports are read as marks, too
   * @param changed told of each Service that is not what it was
   */
  public KnownServices(
      Predicate<ServiceFacts> ownMark, boolean serviceExports, Consumer<ResourceKey> changed) {
    this.ownMark = ownMark;
    this.serviceExports = serviceExports;
    this.changed = changed;
  }

  /** Takes what is said of Services. */
  public void takeServices(FeedEvent<ServiceFacts> event) {
    services.take(event).forEach(difference -> changed.accept(difference.key()));
  }

  /** Takes what is said of ServiceExports. */
  public void takeExports(FeedEvent<Boolean> event) {
    exports.take(event).forEach(difference -> changed.accept(difference.key()));
  }

  /** Takes what is said of EndpointSlices. */
  public void takeSlices(FeedEvent<SliceFacts> event) {
    for (Table.Difference<SliceFacts> difference : slices.take(event)) {
      difference.before().ifPresent(slice -> unlink(slice.service(), difference.key()));
      difference
          .after()
          .ifPresent(
              slice ->
                  slicesOf
                      .computeIfAbsent(slice.service(), k -> new HashSet<>(2))
                      .add(difference.key()));
      difference.before().map(SliceFacts::service).ifPresent(changed);
      difference.after().map(SliceFacts::service).ifPresent(changed);
    }
  }

  /** What has to be read before anything can be said. */
  public List<Table<?>> tables() {
    return serviceExports ? List.of(services, slices, exports) : List.of(services, slices);
  }

  /** All Services that are watched. */
  public Set<ResourceKey> keys() {
    return services.keys();
  }

  /** Those that are marked for export. */
  public Stream<ResourceKey> marked() {
    return services.keys().stream().filter(this::isMarked);
  }

  /** Whether there is such a Service, at home here and marked for export. */
  public boolean isMarked(ResourceKey key) {
    return services
        .get(key)
        .filter(service -> service.mirroredBy().isEmpty())
        .filter(service -> ownMark.test(service) || exports.get(key).isPresent())
        .isPresent();
  }

  /** A Service. */
  public Optional<ServiceFacts> get(ResourceKey key) {
    return services.get(key);
  }

  /** The slices of a Service, in the order of their names. */
  public Collection<SliceFacts> slicesOf(ResourceKey service) {
    return slicesOf.getOrDefault(service, Set.of()).stream()
        .sorted()
        .flatMap(slice -> slices.get(slice).stream())
        .toList();
  }

  private void unlink(ResourceKey service, ResourceKey slice) {
    var known = slicesOf.get(service);
    if (known != null && known.remove(slice) && known.isEmpty()) {
      slicesOf.remove(service);
    }
  }
}
