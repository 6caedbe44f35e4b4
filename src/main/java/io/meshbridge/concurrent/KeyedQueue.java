package io.meshbridge.concurrent;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Work by key: a key waits once however often it is added, and is never worked on twice at once. A
 * key that is added while it is worked on waits for its next turn. Keys that are added at leisure
 * come after all others, at a pace that may be slowed down. It is unbounded, since it cannot hold
 * more than there are keys.
 */
public final class KeyedQueue<K> {
  private final LongSupplier nanoTime;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mayHaveWork = lock.newCondition();
  private final LinkedHashSet<K> ready = new LinkedHashSet<>();
  private final LinkedHashSet<K> atLeisure = new LinkedHashSet<>();
  private final Set<K> inWork = new HashSet<>();
  private final Set<K> againAfterWork = new HashSet<>();
  private final Map<K, Long> dueByKey = new HashMap<>();
  private final PriorityQueue<Later<K>> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::due));
  private boolean closed;
  private long leisureFrom;

  /**
   * A key whose turn it is.
   *
   * @param atLeisure whether it was only to be looked at some time
   */
  public record Turn<K>(K key, boolean atLeisure) {}

  private record Later<K>(K key, long due) {}

  /**
   * An empty queue.
   *
   * @param nanoTime a monotonic clock
   */
  public KeyedQueue(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.leisureFrom = nanoTime.getAsLong();
  }

  /** The key has work, now. */
  public void add(K key) {
    lock.lock();
    try {
      dueByKey.remove(key);
      makeReady(key);
    } finally {
      lock.unlock();
    }
  }

  /** The key may have work: it is to be looked at when no other one has. */
  public void addAtLeisure(K key) {
    lock.lock();
    try {
      if (!isKnown(key) && atLeisure.add(key)) {
        mayHaveWork.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hands out nothing that was added at leisure for so long, beyond any earlier such wait. */
  public void slowDown(Duration wait) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      leisureFrom = (leisureFrom - now > 0 ? leisureFrom : now) + wait.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** The key has work after a while; earlier if it is added again meanwhile. */
  public void addLater(K key, Duration delay) {
    lock.lock();
    try {
      if (!ready.contains(key) && !againAfterWork.contains(key)) {
        atLeisure.remove(key);
        long due = nanoTime.getAsLong() + delay.toNanos();
        dueByKey.put(key, due);
        later.add(new Later<>(key, due));
        mayHaveWork.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The key has work, before such a while is over: whoever comes first sets the time, so that what
   * changes again and again gets its turn all the same.
   */
  public void addWithin(K key, Duration delay) {
    lock.lock();
    try {
      if (!dueByKey.containsKey(key)) {
        addLater(key, delay);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a key with work and takes it into work; {@link #done} must follow.
   *
   * @throws InterruptedException if interrupted, or once the queue is closed
   */
  public Turn<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new InterruptedException("the queue is closed");
        }
        long untilNext = promoteDue();
        if (!ready.isEmpty()) {
          return turnOf(ready.removeFirst(), false);
        }
        if (!atLeisure.isEmpty()) {
          long wait = leisureFrom - nanoTime.getAsLong();
          if (wait <= 0) {
            return turnOf(atLeisure.removeFirst(), true);
          }
          untilNext = Math.min(untilNext, wait);
        }
        if (untilNext == Long.MAX_VALUE) {
          mayHaveWork.await();
        } else {
          mayHaveWork.awaitNanos(untilNext);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The key's work is done for now. */
  public void done(K key) {
    lock.lock();
    try {
      inWork.remove(key);
      if (againAfterWork.remove(key)) {
        makeReady(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many keys wait for their turn, those that wait for a later time included. */
  public int depth() {
    lock.lock();
    try {
      return ready.size() + atLeisure.size() + againAfterWork.size() + dueByKey.size();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes all who wait; nothing is handed out any more. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      mayHaveWork.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Turn<K> turnOf(K key, boolean leisurely) {
    inWork.add(key);
    return new Turn<>(key, leisurely);
  }

  /** Whether the key gets its turn anyway, or has it. */
  private boolean isKnown(K key) {
    return ready.contains(key)
        || inWork.contains(key)
        || againAfterWork.contains(key)
        || dueByKey.containsKey(key);
  }

  private void makeReady(K key) {
    atLeisure.remove(key);
    if (inWork.contains(key)) {
      againAfterWork.add(key);
    } else if (ready.add(key)) {
      mayHaveWork.signal();
    }
  }

  /** Moves what is due to the ready keys; answers how long the next one has to wait. */
  private long promoteDue() {
    long now = nanoTime.getAsLong();
    while (!later.isEmpty()) {
      var next = later.peek();
      // An entry that was overtaken by add() or a newer addLater() is dropped here.
      if (!Long.valueOf(next.due()).equals(dueByKey.get(next.key()))) {
        later.remove();
      } else if (next.due() - now <= 0) {
        later.remove();
        dueByKey.remove(next.key());
        makeReady(next.key());
      } else {
        return next.due() - now;
      }
    }
    return Long.MAX_VALUE;
  }
}
