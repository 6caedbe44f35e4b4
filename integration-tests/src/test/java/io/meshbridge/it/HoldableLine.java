package io.meshbridge.it;

import io.meshbridge.testkit.kubernetes.LoopbackProxy;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line to a server that speaks HTTP in clear. Requests of one kind can be held on their way, as a
 * slow network holds them, and let go later.
 */
final class HoldableLine implements AutoCloseable {
  private final byte[] kind;
  private final LoopbackProxy line;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Both guarded by the lock.
  private boolean holding;
  private int held;

  /**
   * A line that holds nothing yet.
   *
   * @param requests how those requests begin that can be held, such as {@code PUT /v1/txn}
   */
  HoldableLine(URI server, String requests) {
    this.kind = requests.getBytes(StandardCharsets.US_ASCII);
    this.line = new LoopbackProxy(server.getPort(), this::pass);
  }

  /** Where clients reach the server through this line. */
  String url() {
    return "http://" + LoopbackPorts.ADDRESS + ":" + line.port();
  }

  /** From now on such requests do not arrive. */
  void hold() {
    lock.lock();
    try {
      holding = true;
    } finally {
      lock.unlock();
    }
  }

  /** How many are on their way and do not arrive. */
  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** All that was held arrives, late. */
  void release() {
    lock.lock();
    try {
      holding = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pass(byte[] chunk, int length, boolean fromClient) throws InterruptedException {
    if (fromClient && isOfKind(chunk, length)) {
      awaitRelease();
    }
  }

  private boolean isOfKind(byte[] buffer, int count) {
    if (count < kind.length) {
      return false;
    }
    for (int i = 0; i < kind.length; i++) {
      if (buffer[i] != kind[i]) {
        return false;
      }
    }
    return true;
  }

  private void awaitRelease() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      held++;
      while (holding) {
        changed.await();
      }
      held--;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    release();
    line.close();
  }
}
