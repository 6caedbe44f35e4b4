package io.meshbridge.adapter.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Closes watches together, also one that is opened while, or after, everything is closed. */
final class Closing implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final List<FolderWatch> watches = new ArrayList<>();
  private boolean closed;

  void register(FolderWatch watch) {
    lock.lock();
    try {
      watches.add(watch);
      if (closed) {
        watch.close();
      }
    } finally {
      lock.unlock();
    }
  }

  void release(FolderWatch watch) {
    lock.lock();
    try {
      watches.remove(watch);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      watches.forEach(FolderWatch::close);
    } finally {
      lock.unlock();
    }
  }
}
