package io.meshbridge.translation;

import io.meshbridge.translation.ObjectChange.Added;
import io.meshbridge.translation.ObjectChange.Changed;
import io.meshbridge.translation.ObjectChange.Removed;
import io.meshbridge.translation.ObjectChange.Taken;
import java.util.List;

/**
 * What a translation would change in a target.
 *
 * @param changes sorted by object
 * @param unchanged how many objects are as they should be
 */
public record TargetChanges(List<ObjectChange> changes, int unchanged) {
  /** Copies. */
  public TargetChanges {
    changes = List.copyOf(changes);
  }

  /** How many there are of each kind, for people. */
  public String summary() {
    return "%d to be added, %d to be changed, %d to be removed, %d in conflict, %d unchanged."
        .formatted(
            count(Added.class),
            count(Changed.class),
            count(Removed.class),
            count(Taken.class),
            unchanged);
  }

  private long count(Class<? extends ObjectChange> kind) {
    return changes.stream().filter(kind::isInstance).count();
  }
}
