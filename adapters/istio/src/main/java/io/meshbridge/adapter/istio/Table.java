package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a feed has told of one kind. Belongs to one thread.
 *
 * @param <T> what is kept of an object
 */
final class Table<T> {
  private final Map<ResourceKey, T> rows = new HashMap<>();
  private Condition condition = new Condition.Awaited();

  /** How far the table can be relied on. */
  sealed interface Condition {
    /** Nothing was read yet. */
    record Awaited() implements Condition {}

    /** It is as the server says, or the server does not know the kind. */
    record Good() implements Condition {}

    /**
     * It is as it was when the kind could still be read.
     *
     * @param everGood whether it was ever read
     */
    record Stale(boolean everGood, String reason) implements Condition {}
  }

  /**
   * One row before and after an event.
   *
   * @param before empty if it was not there
   */
  record Difference<T>(ResourceKey key, Optional<T> before, Optional<T> after) {}

  /** Takes an event; what it says again without a change is no difference. */
  Set<Difference<T>> take(FeedEvent<T> event) {
    var differences = new HashSet<Difference<T>>();
    switch (event) {
      case FeedEvent.Listed<T> listed -> {
        condition = new Condition.Good();
        for (ResourceKey gone : Set.copyOf(rows.keySet())) {
          if (!listed.objects().containsKey(gone)) {
            put(gone, Optional.empty(), differences);
          }
        }
        listed.objects().forEach((key, row) -> put(key, Optional.of(row), differences));
      }
      case FeedEvent.Changed<T> changed ->
          put(changed.key(), Optional.of(changed.object()), differences);
      case FeedEvent.Gone<T> gone -> put(gone.key(), Optional.empty(), differences);
      case FeedEvent.Failed<T> failed ->
          condition = new Condition.Stale(everGood(), failed.reason());
      case FeedEvent.Unknown<T> ignored -> condition = new Condition.Good();
    }
    return differences;
  }

  Optional<T> get(ResourceKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  Collection<T> values() {
    return rows.values();
  }

  Set<ResourceKey> keys() {
    return rows.keySet();
  }

  Condition condition() {
    return condition;
  }

  /** Whether the kind was read completely at least once. */
  boolean everGood() {
    return switch (condition) {
      case Condition.Awaited ignored -> false;
      case Condition.Good ignored -> true;
      case Condition.Stale stale -> stale.everGood();
    };
  }

  private void put(ResourceKey key, Optional<T> after, Set<Difference<T>> differences) {
    var before = get(key);
    if (!before.equals(after)) {
      after.ifPresentOrElse(row -> rows.put(key, row), () -> rows.remove(key));
      differences.add(new Difference<>(key, before, after));
    }
  }
}
