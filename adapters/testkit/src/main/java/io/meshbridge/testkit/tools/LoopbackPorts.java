package io.meshbridge.testkit.tools;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds ports on the loopback address that nobody listens on. Nobody else finds them here, in this
 * process or in another one, as long as this object is kept: whoever ends a server and starts it
 * again at its place keeps it.
 */
public final class LoopbackPorts {
  /** The address that everything here listens on. */
  public static final String ADDRESS = "127.0.0.1";

  // Below the range from which the kernel takes the ports of outgoing connections: a port from
  // there could be lost to a client while its owner is being restarted, and a client that dials
  // such a port over and over may in the end be connected to itself.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  // A claim on a port is a datagram socket so much below it. It ends with the process, and stands
  // in
  // the way of nobody who listens on the port itself, for datagrams either.
  private static final int CLAIMS_BELOW = 12_000;

  private final RandomGenerator random;
  private final List<DatagramSocket> claims = new ArrayList<>();

  /** Searches from random places on, so that tests that run side by side seldom meet. */
  public LoopbackPorts(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A port that is free now, and claimed; nothing else keeps it free.
   *
   * @throws IOException if none was found
   */
  public int free() throws IOException {
    return free(1).getFirst();
  }

  /**
   * As many different ones.
   *
   * @throws IOException if so many were not found
   */
  public synchronized List<Integer> free(int count) throws IOException {
    var found = new LinkedHashSet<Integer>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (claim(port) && isFree(port)) {
        found.add(port);
      }
      if (found.size() == count) {
        return List.copyOf(found);
      }
    }
    throw new IOException(
        "no " + count + " free ports on " + ADDRESS + " between " + LOWEST + " and " + HIGHEST);
  }

  /** This port if it is free, else another one. */
  public int freeOr(int preferred) throws IOException {
    return isFree(preferred) ? preferred : free();
  }

  private boolean claim(int port) {
    try {
      claims.add(new DatagramSocket(new InetSocketAddress(ADDRESS, port - CLAIMS_BELOW)));
      return true;
    } catch (SocketException claimed) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
