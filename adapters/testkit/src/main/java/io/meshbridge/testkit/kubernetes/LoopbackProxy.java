package io.meshbridge.testkit.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server, both on loopback, so that tests can cut the line, or see
 * and delay what goes over it.
 */
public final class LoopbackProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Tap tap;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean blocked;

  /** What sees everything that goes over the line; called on many threads. */
  public interface Tap {
    /** Sees nothing. */
    Tap NONE = (chunk, length, fromClient) -> {};

    /**
     * Bytes are about to be passed on; they wait until this returns.
     *
     * @param length how many of the chunk's first bytes
     */
    void passes(byte[] chunk, int length, boolean fromClient) throws InterruptedException;

    /** A client is connected. */
    default void opened() {}

    /** It is no longer. */
    default void closed() {}
  }

  /** Listens on a free port, and passes on to the target's. */
  public LoopbackProxy(int target) {
    this(target, Tap.NONE);
  }

  /** The same, with a tap. */
  public LoopbackProxy(int target, Tap tap) {
    this.target = target;
    this.tap = tap;
    try {
      listener = new ServerSocket();
      // Some clients open hundreds of connections in one moment.
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    Thread.ofVirtual().name("loopback-proxy").start(this::acceptAll);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection that is open now. */
  public void cut() {
    open.forEach(LoopbackProxy::end);
  }

  /** Ends every connection and takes no new ones. */
  public void block() {
    blocked = true;
    cut();
  }

  /** Takes connections again. */
  public void unblock() {
    blocked = false;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
    cut();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        accept(listener.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void accept(Socket client) {
    open.add(client);
    if (blocked) {
      end(client);
      open.remove(client);
      return;
    }
    try {
      var server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      // A connection that came in while block() was ending the others must not survive it.
      if (blocked) {
        end(client);
        end(server);
      }
      tap.opened();
      pump(client, server, true);
      pump(server, client, false);
    } catch (IOException serverIsDown) {
      end(client);
    }
  }

  private void pump(Socket from, Socket to, boolean fromClient) {
    Thread.ofVirtual()
        .name("loopback-proxy-pump")
        .start(
            () -> {
              try {
                passOn(from, to, fromClient);
              } catch (IOException cutOff) {
                end(from);
              } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
              } finally {
                end(from);
                end(to);
                open.remove(from);
                open.remove(to);
                if (fromClient) {
                  tap.closed();
                }
              }
            });
  }

  private void passOn(Socket from, Socket to, boolean fromClient)
      throws IOException, InterruptedException {
    var chunk = new byte[64 << 10];
    var in = from.getInputStream();
    var out = to.getOutputStream();
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      tap.passes(chunk, length, fromClient);
      out.write(chunk, 0, length);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException goneAnyway) {
      throw new UncheckedIOException(goneAnyway);
    }
  }
}
