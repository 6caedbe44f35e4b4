package io.meshbridge.testkit.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server, both on loopback, so that tests can cut the line. */
public final class LoopbackProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean blocked;

  /** Listens on a free port, and passes on to the target's. */
  public LoopbackProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
      pump(client, server);
      pump(server, client);
    } catch (IOException serverIsDown) {
      end(client);
    }
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .name("loopback-proxy-pump")
        .start(
            () -> {
              try {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException cutOff) {
                end(from);
              } finally {
                end(from);
                end(to);
                open.remove(from);
                open.remove(to);
              }
            });
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException goneAnyway) {
      throw new UncheckedIOException(goneAnyway);
    }
  }
}
