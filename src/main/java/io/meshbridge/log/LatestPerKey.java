package io.meshbridge.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What waits to be sent: the latest value of each key, oldest first, and no more than a limit. Who
 * puts never waits; when it is full the longest waiting gives way, and that is said once.
 */
final class LatestPerKey<K, V> {
  private static final Logger LOG = Logger.getLogger(LatestPerKey.class);

  private final String name;
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  // Guarded by the lock.
  private final LinkedHashMap<K, V> waiting = new LinkedHashMap<>();
  private long dropped;

  LatestPerKey(String name, int limit) {
    this.name = name;
    this.limit = limit;
  }

  void put(K key, V value) {
    lock.lock();
    try {
      waiting.put(key, value);
      makeRoom();
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what could not be sent, unless something newer waits under its key. */
  void putBack(K key, V value) {
    lock.lock();
    try {
      waiting.putIfAbsent(key, value);
      makeRoom();
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first, and takes up to so many. */
  List<Map.Entry<K, V>> take(int atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        notEmpty.await();
      }
      var taken = new ArrayList<Map.Entry<K, V>>();
      var entries = waiting.entrySet().iterator();
      while (entries.hasNext() && taken.size() < atMost) {
        var entry = entries.next();
        taken.add(Map.entry(entry.getKey(), entry.getValue()));
        entries.remove();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    while (waiting.size() > limit) {
      waiting.pollFirstEntry();
      if (dropped++ == 0) {
        LOG.warnf("too much waits to be sent, the oldest is dropped channel=%s", name);
      }
    }
  }
}
