package io.meshbridge.it.nativegap;

import java.util.HashSet;
import java.util.Set;

/** What bridges found on a JVM and a native executable of them would not. */
public final class Gaps {
  private final NativeSources sources;
  private final Set<String> foundByConstants;

  /** For one record: what it found by constants is registered by native-image itself. */
  Gaps(NativeSources sources, Recording recording) {
    this.sources = sources;
    this.foundByConstants = new HashSet<>();
    recording.accesses().stream()
        .filter(Access::isConstant)
        .forEach(
            access -> {
              foundByConstants.add(access.what());
              foundByConstants.add(access.what().replaceFirst("^lookup ", "use "));
            });
  }

  /** Whether an executable would ask at all, and would not find. */
  boolean isOne(Access access) {
    return isAskedWhileItRuns(access) && !isFound(access);
  }

  private boolean isAskedWhileItRuns(Access access) {
    return sources.classes().contains(access.callerClass())
        && !sources.initialization().isBeforeTheRun(access)
        && !sources.replaced().contain(access);
  }

  private boolean isFound(Access access) {
    return foundByConstants.contains(access.what()) || sources.registered().covers(access);
  }
}
