package io.meshbridge.testkit;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps what a source says, in order, and waits for what is still to come. */
public final class RecordingObserver implements Consumer<Observation> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  // Guarded by lock.
  private final List<Observation> heard = new ArrayList<>();
  private final Duration patience;

  /** Waits for up to ten seconds. */
  public RecordingObserver() {
    this(Duration.ofSeconds(10));
  }

  /** Waits for up to this long. */
  public RecordingObserver(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void accept(Observation observation) {
    lock.lock();
    try {
      heard.add(observation);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All that was heard so far. */
  public List<Observation> all() {
    lock.lock();
    try {
      return List.copyOf(heard);
    } finally {
      lock.unlock();
    }
  }

  /** Of what was heard so far, all of one kind. */
  public <O extends Observation> List<O> all(Class<O> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The last of one kind that was heard so far. */
  public <O extends Observation> Optional<O> last(Class<O> kind) {
    return all(kind).stream().reduce((earlier, later) -> later);
  }

  /** What was last heard of a service's state, if it was offered at all. */
  public Optional<Offer> lastOffer(ServiceKey service) {
    return all(Observation.Offered.class).stream()
        .map(Observation.Offered::offer)
        .filter(offer -> offer.key().equals(service))
        .reduce((earlier, later) -> later);
  }

  /** How often the source said that it has read everything. */
  public int completions() {
    return all(Observation.Complete.class).size();
  }

  /** Waits for the first observation of a kind that fits, and returns it. */
  public <O extends Observation> O await(Class<O> kind, Predicate<O> fits) {
    return eventually(
        () -> all(kind).stream().filter(fits).findFirst(),
        kind.getSimpleName() + " that fits, but heard only ");
  }

  /** Waits for the first observation of a kind. */
  public <O extends Observation> O await(Class<O> kind) {
    return await(kind, any -> true);
  }

  /** Waits until the service was offered in a state that fits, and returns that offer. */
  public Offer awaitOffer(ServiceKey service, Predicate<Offer> fits) {
    return await(
            Observation.Offered.class,
            offered -> offered.offer().key().equals(service) && fits.test(offered.offer()))
        .offer();
  }

  /** Waits until the service was offered. */
  public Offer awaitOffer(ServiceKey service) {
    return awaitOffer(service, any -> true);
  }

  /** Waits until the service was withdrawn. */
  public Observation.Withdrawn awaitWithdrawn(ServiceKey service) {
    return await(Observation.Withdrawn.class, gone -> gone.service().equals(service));
  }

  /** Waits until the source has said this often that it has read everything. */
  public Observation.Complete awaitComplete(int times) {
    return eventually(
        () -> all(Observation.Complete.class).stream().skip(times - 1L).findFirst(),
        "Complete number " + times + ", but heard only ");
  }

  /** Forgets what was heard, so that a test can speak of what comes after. */
  public void forget() {
    lock.lock();
    try {
      heard.clear();
    } finally {
      lock.unlock();
    }
  }

  private <T> T eventually(Supplier<Optional<T>> search, String what) {
    lock.lock();
    try {
      long left = patience.toNanos();
      var found = search.get();
      while (found.isEmpty()) {
        if (left <= 0) {
          throw new AssertionError("waited for a " + what + heard);
        }
        left = news.awaitNanos(left);
        found = search.get();
      }
      return found.get();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a " + what + heard, cancelled);
    } finally {
      lock.unlock();
    }
  }
}
