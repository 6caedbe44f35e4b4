package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Which imports have changed of late, and how often. Safe for any thread. */
final class FlapBook {
  private final Damping damping;
  private final LongSupplier nanoTime;
  // When all changes of an import are forgiven; calm ones are not remembered.
  private final Map<ServiceKey, Long> restless = new ConcurrentHashMap<>();
  private final Set<ServiceKey> damped = ConcurrentHashMap.newKeySet();

  FlapBook(Damping damping, LongSupplier nanoTime) {
    this.damping = damping;
    this.nanoTime = nanoTime;
  }

  /** How long the next change of an import has to wait; zero if it may come now. */
  Duration untilNext(ServiceKey service) {
    var forgivenAt = restless.get(service);
    long now = nanoTime.getAsLong();
    if (forgivenAt == null || damping.isForgiven(forgivenAt, now)) {
      restless.remove(service);
      damped.remove(service);
      return Duration.ZERO;
    }
    return damping.untilNext(forgivenAt, now);
  }

  /** The import has changed in its target. */
  void changed(ServiceKey service) {
    long now = nanoTime.getAsLong();
    restless.compute(
        service, (key, known) -> damping.afterChange(known == null ? now : known, now));
  }

  /** A change waits. Whether it is the first one that does since the import was calm. */
  boolean beginsToWait(ServiceKey service) {
    return damped.add(service);
  }
}
