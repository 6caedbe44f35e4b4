package io.meshbridge.adapter.consul;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * HTTP/2 connections for calls that last long, each for so many of them that a server refuses none:
 * a client that finds out by refusals how many that is opens twice the connections that it needs.
 */
final class Carriers {
  /** A Go server lets 250 calls share a connection. */
  static final int PLACES = 200;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final List<Carrier> carriers = new ArrayList<>();
  private final Supplier<OkHttpClient.Builder> clients;
  private final Semaphore room;

  /** A client of one connection. */
  private record Carrier(OkHttpClient client, Boarding boarding, Semaphore places) {}

  /** A call's place on a connection. */
  final class Place implements AutoCloseable {
    private final Carrier carrier;

    private Place(Carrier carrier) {
      this.carrier = carrier;
    }

    OkHttpClient client() {
      return carrier.client();
    }

    Boarding boarding() {
      return carrier.boarding();
    }

    @Override
    public void close() {
      carrier.places().release();
      room.release();
    }
  }

  /**
   * Opens nothing yet.
   *
   * @param most how many connections there may be
   * @param clients begins a client that shares no connection with another
   */
  Carriers(int most, Supplier<OkHttpClient.Builder> clients) {
    this.clients = clients;
    this.room = new Semaphore(most * PLACES);
  }

  /** A place on one of the connections; waits until there is one. */
  Place take() throws InterruptedException {
    room.acquire();
    lock.lock();
    try {
      for (Carrier carrier : carriers) {
        if (carrier.places().tryAcquire()) {
          return new Place(carrier);
        }
      }
      var boarding = new Boarding(1);
      var carrier =
          new Carrier(
              clients.get().eventListener(boarding).build(), boarding, new Semaphore(PLACES));
      carriers.add(carrier);
      carrier.places().acquire();
      return new Place(carrier);
    } finally {
      lock.unlock();
    }
  }

  /** Closes all connections that carry nothing. */
  void close() {
    lock.lock();
    try {
      carriers.forEach(carrier -> carrier.client().connectionPool().evictAll());
    } finally {
      lock.unlock();
    }
  }
}
