package io.meshbridge.adapter.consul;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The services that have to be read, the most pressing first, each at most once. Never are two
 * lanes on one service: what is asked for meanwhile is read once more afterwards, so that the order
 * of reads of a service is the order of its results. Bounded by the number of services.
 */
final class WorkQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();
  // All guarded by lock.
  private final List<LinkedHashSet<String>> levels = new ArrayList<>();
  private final HashSet<String> inFlight = new HashSet<>();

  /** How soon a service has to be read. */
  enum Urgency {
    /** Something was seen to have changed in it. */
    CHANGED,
    /** It is exported, and something has changed somewhere. */
    EXPORTED,
    /** It could have got its mark without a sign. */
    OTHER
  }

  WorkQueue() {
    for (int i = 0; i < Urgency.values().length; i++) {
      levels.add(new LinkedHashSet<>());
    }
  }

  /** Asks for reads; one that is asked for already keeps its place or moves to a better one. */
  void add(Urgency urgency, Collection<String> services) {
    lock.lock();
    try {
      for (String service : services) {
        add(urgency.ordinal(), service);
      }
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(int level, String service) {
    for (int better = 0; better <= level; better++) {
      if (levels.get(better).contains(service)) {
        return;
      }
    }
    levels.forEach(waiting -> waiting.remove(service));
    levels.get(level).add(service);
  }

  /** The next service; nobody else gets it until {@link #done}. */
  String take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        for (LinkedHashSet<String> level : levels) {
          for (String service : level) {
            if (inFlight.add(service)) {
              level.remove(service);
              return service;
            }
          }
        }
        available.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The result of a taken service has been handed on. */
  void done(String service) {
    lock.lock();
    try {
      inFlight.remove(service);
      available.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing of this urgency or a higher one is waiting. */
  boolean isEmptyUpTo(Urgency urgency) {
    lock.lock();
    try {
      return levels.subList(0, urgency.ordinal() + 1).stream().allMatch(LinkedHashSet::isEmpty);
    } finally {
      lock.unlock();
    }
  }
}
