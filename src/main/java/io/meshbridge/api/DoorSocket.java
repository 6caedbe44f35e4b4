package io.meshbridge.api;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The door's Unix domain socket. The file system says who may open it. What comes in is passed on
 * to the port by this process itself, which knows its own connections by both of their ends: as
 * long as one is open, nobody else in this network can have one with the same two.
 */
@Singleton
final class DoorSocket {
  private static final Logger LOG = Logger.getLogger(DoorSocket.class);
  private static final String OWNER_ONLY = "rw-------";
  private static final int MOST_CONNECTIONS = 64;
  private static final int BUFFER = 16 * 1024;

  private final Map<Ends, String> users = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private volatile @Nullable Listening listening;

  private record Listening(ServerSocketChannel channel, Path file) {}

  /** Both ends of a connection, as the side sees it that accepted it. */
  private record Ends(String remoteHost, int remotePort, String localHost, int localPort) {
    static Ends of(SocketAddress remote, SocketAddress local) {
      return new Ends(
          String.valueOf(remote.hostAddress()),
          remote.port(),
          String.valueOf(local.hostAddress()),
          local.port());
    }
  }

  /**
   * Makes the socket, for its owner only, and passes on what comes in.
   *
   * @param port where the door is
   * @throws UncheckedIOException if it cannot be made
   */
  void open(Path file, int port) {
    try {
      var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (Files.exists(file) && !Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
        throw new FileAlreadyExistsException(file.toString(), null, "is no socket");
      }
      // Nobody can reach it before it has its mode: folders for the moment are their owner's only.
      var moment = Files.createTempDirectory(folder, ".door");
      var made = moment.resolve("s");
      var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(made));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(OWNER_ONLY));
      // In the place of one that a process before us left behind.
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(moment);
      listening = new Listening(channel, file);
      Thread.ofVirtual().name("door-socket").start(() -> accept(channel, port));
      LOG.infof("socket opened file=%s", file);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot make the socket " + file, failed);
    }
  }

  /** Who opened the socket that a connection came by; empty if it came another way. */
  Optional<String> userOf(HttpConnection connection) {
    if (users.isEmpty()) {
      return Optional.empty();
    }
    // The real ones, whatever a proxy in between claims.
    var remote = connection.remoteAddress(true);
    var local = connection.localAddress(true);
    return remote == null || local == null || !remote.isInetSocket()
        ? Optional.empty()
        : Optional.ofNullable(users.get(Ends.of(remote, local)));
  }

  void stop(@Observes ShutdownEvent stopping) {
    close();
  }

  /** Removes it, if it is there. */
  void close() {
    var open = listening;
    if (open != null) {
      listening = null;
      try {
        open.channel().close();
        Files.deleteIfExists(open.file());
      } catch (IOException failed) {
        LOG.warnf("socket cannot be removed file=%s reason=%s", open.file(), failed);
      }
    }
  }

  private void accept(ServerSocketChannel channel, int port) {
    try {
      while (true) {
        var caller = channel.accept();
        // Not accepted in time by us, a caller waits in the kernel: no more than these cost us.
        places.acquire();
        Thread.ofVirtual().name("door-socket-call").start(() -> pass(caller, port));
      }
    } catch (IOException closed) {
      LOG.debugf("socket closed reason=%s", closed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(SocketChannel caller, int port) {
    var loopback = InetAddress.getLoopbackAddress();
    try (caller;
        var door = SocketChannel.open()) {
      door.bind(new InetSocketAddress(loopback, 0));
      var own = (InetSocketAddress) door.getLocalAddress();
      var ends =
          new Ends(
              own.getAddress().getHostAddress(), own.getPort(), loopback.getHostAddress(), port);
      // Known before the first byte, and for no longer than the connection is ours.
      users.put(ends, caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
      try {
        door.connect(new InetSocketAddress(loopback, port));
        var back = Thread.ofVirtual().name("door-socket-back").start(() -> copy(door, caller));
        copy(caller, door);
        back.join();
      } finally {
        users.remove(ends);
      }
    } catch (IOException | InterruptedException ended) {
      LOG.debugf("call by the socket ended reason=%s", ended);
    } finally {
      places.release();
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      LOG.debugf("call by the socket was cut reason=%s", gone);
      close(from);
      close(to);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.debugf("connection cannot be closed reason=%s", failed);
    }
  }
}
