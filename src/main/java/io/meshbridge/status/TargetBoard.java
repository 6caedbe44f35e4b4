package io.meshbridge.status;

import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What became of the imports of one mesh, and how many there are of each state and kind of loss:
 * whoever asks for the numbers must not have to walk all imports.
 */
final class TargetBoard {
  private final Map<ServiceKey, ImportStatus> byService = new ConcurrentSkipListMap<>();
  private final AtomicLongArray states = new AtomicLongArray(ImportState.values().length);
  private final AtomicLongArray losses = new AtomicLongArray(Loss.Outcome.values().length);

  /** Takes the newest status of an import; answers the one before. */
  @Nullable ImportStatus put(ImportStatus status) {
    var before = byService.put(status.service(), status);
    count(status, 1);
    if (before != null) {
      count(before, -1);
    }
    return before;
  }

  /** The import is no more; answers what was known of it. */
  @Nullable ImportStatus remove(ServiceKey service) {
    var before = byService.remove(service);
    if (before != null) {
      count(before, -1);
    }
    return before;
  }

  Optional<ImportStatus> find(ServiceKey service) {
    return Optional.ofNullable(byService.get(service));
  }

  /** Sorted by service. */
  List<ImportStatus> all() {
    return List.copyOf(byService.values());
  }

  long count(ImportState state) {
    return states.get(state.ordinal());
  }

  long count(Loss.Outcome kind) {
    return losses.get(kind.ordinal());
  }

  private void count(ImportStatus status, int by) {
    states.addAndGet(status.state().ordinal(), by);
    status.losses().forEach(loss -> losses.addAndGet(loss.outcome().ordinal(), by));
  }
}
