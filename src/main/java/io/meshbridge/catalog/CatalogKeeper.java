package io.meshbridge.catalog;

import io.meshbridge.log.LogEvent;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Holds the current catalog: one writer at a time, any number of readers. */
public final class CatalogKeeper implements Consumer<LogEvent> {
  // Guards writing and telling, so that every listener hears the changes in their order.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Consumer<Catalog.Change>> listeners = new CopyOnWriteArrayList<>();
  private volatile Catalog current = Catalog.EMPTY;

  /** The latest catalog. */
  public Catalog current() {
    return current;
  }

  /** Folds one event of the log. Called by the thread that reads the log. */
  @Override
  public void accept(LogEvent event) {
    lock.lock();
    try {
      tell(current.after(event));
    } finally {
      lock.unlock();
    }
  }

  /** The federation's members are these. */
  public void members(Map<MeshId, Member> members) {
    lock.lock();
    try {
      tell(current.withMembers(members));
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on the listener hears of every change, in order. It is called by the thread that reads
   * the log and must only take note.
   *
   * @param first is given the catalog as it is, as a change of every mesh, before any later change
   */
  public void subscribe(Consumer<Catalog.Change> first, Consumer<Catalog.Change> listener) {
    lock.lock();
    try {
      first.accept(new Catalog.Change(current, Set.of(), Set.copyOf(current.meshIds())));
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  /** The listener hears no more. */
  public void unsubscribe(Consumer<Catalog.Change> listener) {
    listeners.remove(listener);
  }

  /**
   * Waits for a catalog of which the condition holds.
   *
   * @return whether it came in time
   */
  public boolean await(Predicate<Catalog> condition, Duration patience)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (!condition.test(current)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Catalog.Change change) {
    current = change.catalog();
    changed.signalAll();
    listeners.forEach(listener -> listener.accept(change));
  }
}
