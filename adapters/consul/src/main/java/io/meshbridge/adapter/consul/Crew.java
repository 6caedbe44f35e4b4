package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The threads of one session with an agent. They end together: the first failure is told once, and
 * closing interrupts and awaits all.
 */
final class Crew implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Map<String, Thread> members = new HashMap<>();
  private boolean closed;

  private final String name;
  private final Consumer<MeshUnavailableException> onFailure;

  /** What a thread does until it is interrupted. */
  @FunctionalInterface
  interface Task {
    void run() throws MeshUnavailableException, InterruptedException;
  }

  Crew(String name, Consumer<MeshUnavailableException> onFailure) {
    this.name = name;
    this.onFailure = onFailure;
  }

  /** Starts a task, unless one of that name runs or the crew is closed. */
  void start(String task, Task work) {
    lock.lock();
    try {
      if (!closed && !members.containsKey(task)) {
        members.put(task, Thread.ofVirtual().name(name + "-" + task).start(() -> run(work)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends one task; it may still be in its last step when this returns. */
  void stop(String task) {
    lock.lock();
    try {
      var thread = members.remove(task);
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run(Task work) {
    try {
      work.run();
    } catch (InterruptedException cancelled) {
      // This is how a member is told to end; nobody else looks at this thread.
      Thread.currentThread().interrupt();
    } catch (MeshUnavailableException failed) {
      onFailure.accept(failed);
    } catch (RuntimeException bug) {
      onFailure.accept(new MeshUnavailableException("internal fault: " + bug, bug));
    }
  }

  @Override
  public void close() {
    List<Thread> ending;
    lock.lock();
    try {
      closed = true;
      ending = new ArrayList<>(members.values());
      members.clear();
    } finally {
      lock.unlock();
    }
    ending.forEach(Thread::interrupt);
    var interrupted = false;
    for (Thread thread : ending) {
      while (thread.isAlive() && thread != Thread.currentThread()) {
        try {
          thread.join();
        } catch (InterruptedException again) {
          // Leaving threads behind would let an old session speak into a new one.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
