package io.meshbridge.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A line to a server that counts what goes over it, whatever that is. */
final class CountingLine implements AutoCloseable {
  private final URI server;
  private final ServerSocket listener = new ServerSocket();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger mostConnections = new AtomicInteger();
  private final LongAdder bytes = new LongAdder();

  CountingLine(URI server) throws IOException {
    this.server = server;
    listener.bind(new InetSocketAddress(InetAddress.getByName(LoopbackPorts.ADDRESS), 0), 256);
    Thread.ofVirtual().name("counting-line").start(this::acceptAll);
  }

  /** Where clients reach the server through this line. */
  String url() {
    return server.getScheme() + "://" + LoopbackPorts.ADDRESS + ":" + listener.getLocalPort();
  }

  /** The most connections that were ever open in one moment. */
  int mostConnections() {
    return mostConnections.get();
  }

  /** All bytes so far, in both directions. */
  long bytes() {
    return bytes.sum();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        mostConnections.accumulateAndGet(connections.incrementAndGet(), Math::max);
        Thread.ofVirtual().start(() -> pass(client, upstream));
        Thread.ofVirtual().start(() -> passBack(upstream, client));
      } catch (IOException closedOrServerDown) {
        // A client that could not be connected sees that for itself.
        continue;
      }
    }
  }

  private void pass(Socket client, Socket upstream) {
    try {
      pump(client, upstream);
    } finally {
      connections.decrementAndGet();
    }
  }

  private void passBack(Socket upstream, Socket client) {
    pump(upstream, client);
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.add(count);
        out.write(buffer, 0, count);
      }
    } catch (IOException cut) {
      open.remove(to);
    } finally {
      open.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
