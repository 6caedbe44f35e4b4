package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** What the threads of a source tell the one that decides. */
sealed interface SourceEvent {
  /**
   * A service was read; without instances it is gone.
   *
   * @param index of the state that was read, for a query that goes on from there
   */
  record Refreshed(String service, List<Instance> instances, long index, Instant at)
      implements SourceEvent {}

  /**
   * The names and tags of all services.
   *
   * @param restored whether the state is older than the one that was last read
   */
  record Catalog(SortedMap<String, List<String>> services, boolean restored, Instant at)
      implements SourceEvent {}

  /** Checks of these services, and checks of these nodes as a whole, have changed. */
  record Checks(Set<String> services, Set<String> nodes) implements SourceEvent {}

  /** Instances of these services have come, changed or gone. */
  record Instances(Set<String> services) implements SourceEvent {}

  /** Instances of any services may have come, changed or gone. */
  record Unseen() implements SourceEvent {}

  /** Config entries or intentions may have changed. */
  record ConfigTouched() implements SourceEvent {}

  /** A thread could not go on. */
  record Failed(MeshUnavailableException cause) implements SourceEvent {}
}
