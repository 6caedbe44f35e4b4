package io.meshbridge.adapter.kubernetes;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a feed has told of one kind. Belongs to one thread.
 *
 * @param <T> what is kept of an object
 */
public final class Table<T> {
  private final Map<ResourceKey, T> rows = new HashMap<>();
  private Condition condition = new Condition.Awaited();

  /** Nothing was read yet. */
  public Table() {}

  /** How far the table can be relied on. */
  public sealed interface Condition {
    /** Nothing was read yet. */
    record Awaited() implements Condition {}

    /** It is as the server says, or the server does not know the kind. */
    record Good() implements Condition {}

    /**
     * It is as it was when the kind could still be read.
     *
     * @param everGood whether it was ever read
     * @param denied whether the server says that it may not be read
     */
    record Stale(boolean everGood, String reason, boolean denied) implements Condition {}
  }

  /**
   * One row before and after an event.
   *
   * @param before empty if it was not there
   */
  public record Difference<T>(ResourceKey key, Optional<T> before, Optional<T> after) {}

  /** Takes an event; what it says again without a change is no difference. */
  public Set<Difference<T>> take(FeedEvent<T> event) {
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
          condition = new Condition.Stale(everGood(), failed.reason(), failed.denied());
      case FeedEvent.Unknown<T> ignored -> condition = new Condition.Good();
    }
    return differences;
  }

  /** The row of an object, if it is there. */
  public Optional<T> get(ResourceKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** All rows. */
  public Collection<T> values() {
    return rows.values();
  }

  /** What is there. */
  public Set<ResourceKey> keys() {
    return rows.keySet();
  }

  /** How far the table can be relied on now. */
  public Condition condition() {
    return condition;
  }

  /** Whether the kind was read completely at least once. */
  public boolean everGood() {
    return switch (condition) {
      case Condition.Awaited ignored -> false;
      case Condition.Good ignored -> true;
      case Condition.Stale stale -> stale.everGood();
    };
  }

  /**
   * Whether the server has never let us see the kind. Who can do without it need not wait for it;
   * once it was read, a right that is taken away is a failure like any other.
   */
  public boolean isWithheld() {
    return condition instanceof Condition.Stale stale && stale.denied() && !stale.everGood();
  }

  /** Why one of the tables cannot be relied on just now; empty if all can. */
  public static Optional<String> firstObstacle(Stream<Table<?>> tables) {
    return tables
        .flatMap(
            table ->
                table.condition() instanceof Condition.Stale stale
                    ? Stream.of(stale.reason())
                    : Stream.of())
        .findFirst();
  }

  private void put(ResourceKey key, Optional<T> after, Set<Difference<T>> differences) {
    var before = get(key);
    if (!before.equals(after)) {
      after.ifPresentOrElse(row -> rows.put(key, row), () -> rows.remove(key));
      differences.add(new Difference<>(key, before, after));
    }
  }
}
