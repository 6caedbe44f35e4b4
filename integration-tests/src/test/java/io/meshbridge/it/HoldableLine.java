package io.meshbridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line to a server that speaks HTTP in clear. Requests of one kind can be held on their way, as a
 * slow network holds them, and let go later.
 */
final class HoldableLine implements AutoCloseable {
  private final URI server;
  private final byte[] kind;
  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
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
  HoldableLine(URI server, String requests) throws IOException {
    this.server = server;
    this.kind = requests.getBytes(StandardCharsets.US_ASCII);
    listener.bind(new InetSocketAddress(InetAddress.getByName(LoopbackPorts.ADDRESS), 0));
    Thread.ofVirtual().name("holdable-line").start(this::acceptAll);
  }

  /** Where clients reach the server through this line. */
  String url() {
    return "http://" + LoopbackPorts.ADDRESS + ":" + listener.getLocalPort();
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

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> pass(client, upstream, true));
        Thread.ofVirtual().start(() -> pass(upstream, client, false));
      } catch (IOException closedOrServerDown) {
        // A client that could not be connected sees its connection refused by silence and retries.
        continue;
      }
    }
  }

  private void pass(Socket from, Socket to, boolean canHold) {
    var buffer = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (canHold && isOfKind(buffer, count)) {
          awaitRelease();
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException cut) {
      open.remove(from);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
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
  public void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
