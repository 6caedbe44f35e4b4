package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The Services and ServiceExports on which owners are told, as told by feeds and as written by
 * ourselves. What we wrote counts at once; an event from before it is known by its older version.
 */
final class OwnerObjects {
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by the lock.
  private final Table<OwnService> services = new Table<>();
  private final Table<ExportMark> marks = new Table<>();

  /** Takes what is said of Services; answers those of which something has to be said. */
  Set<ResourceKey> takeServices(FeedEvent<OwnService> event) {
    lock.lock();
    try {
      var touched = new HashSet<ResourceKey>();
      for (Table.Difference<OwnService> difference : services.take(event)) {
        // Of a Service that nobody marks there is nothing to say.
        if (marks.get(difference.key()).isPresent()) {
          touched.add(difference.key());
        }
      }
      return touched;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is said of ServiceExports; answers those of which something has to be said. */
  Set<ResourceKey> takeMarks(FeedEvent<ExportMark> event) {
    lock.lock();
    try {
      var touched = new HashSet<ResourceKey>();
      for (Table.Difference<ExportMark> difference : marks.take(newest(event))) {
        touched.add(difference.key());
      }
      return touched;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the state that our own write answered. */
  void wrote(ExportMark mark) {
    lock.lock();
    try {
      marks.get(mark.key()).ifPresent(known -> put(known, mark));
    } finally {
      lock.unlock();
    }
  }

  Optional<OwnService> service(ResourceKey key) {
    lock.lock();
    try {
      return services.get(key);
    } finally {
      lock.unlock();
    }
  }

  Optional<ExportMark> mark(ResourceKey key) {
    lock.lock();
    try {
      return marks.get(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns if what is known is what the server says: a read that failed is no reason to say
   * anything.
   *
   * @throws MeshUnavailableException if something cannot be read just now
   */
  void requireCurrent() throws MeshUnavailableException {
    lock.lock();
    try {
      var obstacle = Table.firstObstacle(Stream.of(services, marks));
      if (obstacle.isPresent()) {
        throw new MeshUnavailableException(obstacle.orElseThrow());
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(ExportMark known, ExportMark newer) {
    if (newer.isNewerThan(known)) {
      marks.take(new FeedEvent.Changed<>(newer.key(), newer));
    }
  }

  /** The event with what is known in place of what is older. */
  private FeedEvent<ExportMark> newest(FeedEvent<ExportMark> event) {
    return switch (event) {
      case FeedEvent.Listed<ExportMark> listed -> {
        Map<ResourceKey, ExportMark> objects = new HashMap<>();
        listed.objects().forEach((key, mark) -> objects.put(key, newest(mark)));
        yield new FeedEvent.Listed<>(objects, listed.resourceVersion());
      }
      case FeedEvent.Changed<ExportMark> changed ->
          new FeedEvent.Changed<>(changed.key(), newest(changed.object()));
      case FeedEvent.Gone<ExportMark> gone -> gone;
      case FeedEvent.Failed<ExportMark> failed -> failed;
      case FeedEvent.Unknown<ExportMark> unknown -> unknown;
    };
  }

  private ExportMark newest(ExportMark told) {
    return marks.get(told.key()).filter(known -> known.isNewerThan(told)).orElse(told);
  }
}
