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
import java.util.stream.Collectors;
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
  // The slices that a pod answers in, where slices name their pods.
  private final Map<ResourceKey, Set<ResourceKey>> slicesOfPod = new HashMap<>();

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
      difference.before().ifPresent(slice -> unlink(slice, difference.key()));
      difference.after().ifPresent(slice -> link(slice, difference.key()));
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

  /** The Services that a pod answers for, where slices name their pods. */
  public Set<ResourceKey> servicesOfPod(ResourceKey pod) {
    return slicesOfPod.getOrDefault(pod, Set.of()).stream()
        .flatMap(slice -> slices.get(slice).stream())
        .map(SliceFacts::service)
        .collect(Collectors.toSet());
  }

  private void link(SliceFacts slice, ResourceKey key) {
    add(slicesOf, slice.service(), key);
    podsOf(slice).forEach(pod -> add(slicesOfPod, pod, key));
  }

  private void unlink(SliceFacts slice, ResourceKey key) {
    remove(slicesOf, slice.service(), key);
    podsOf(slice).forEach(pod -> remove(slicesOfPod, pod, key));
  }

  private static Stream<ResourceKey> podsOf(SliceFacts slice) {
    return slice.endpoints().stream()
        .filter(place -> !place.pod().isEmpty())
        .map(place -> new ResourceKey(slice.service().namespace(), place.pod()));
  }

  private static void add(
      Map<ResourceKey, Set<ResourceKey>> index, ResourceKey key, ResourceKey value) {
    index.computeIfAbsent(key, absent -> new HashSet<>(2)).add(value);
  }

  private static void remove(
      Map<ResourceKey, Set<ResourceKey>> index, ResourceKey key, ResourceKey value) {
    var values = index.get(key);
    if (values != null && values.remove(value) && values.isEmpty()) {
      index.remove(key);
    }
  }
}
