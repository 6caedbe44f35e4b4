package io.meshbridge.it;

import io.meshbridge.testkit.kubernetes.LoopbackProxy;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A line to a server that counts what goes over it, whatever that is. */
final class CountingLine implements AutoCloseable {
  private final URI server;
  private final LoopbackProxy line;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger mostConnections = new AtomicInteger();
  private final LongAdder bytes = new LongAdder();

  CountingLine(URI server) {
    this.server = server;
    this.line = new LoopbackProxy(server.getPort(), new Counting());
  }

  /** Where clients reach the server through this line. */
  String url() {
    return server.getScheme() + "://" + LoopbackPorts.ADDRESS + ":" + line.port();
  }

  /** The most connections that were ever open in one moment. */
  int mostConnections() {
    return mostConnections.get();
  }

  /** All bytes so far, in both directions. */
  long bytes() {
    return bytes.sum();
  }

  @Override
  public void close() {
    line.close();
  }

  private final class Counting implements LoopbackProxy.Tap {
    @Override
    public void opened() {
      mostConnections.accumulateAndGet(connections.incrementAndGet(), Math::max);
    }

    @Override
    public void passes(byte[] chunk, int length, boolean fromClient) {
      bytes.add(length);
    }

    @Override
    public void closed() {
      connections.decrementAndGet();
    }
  }
}
