package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many services, and changes to them at a steady rate, one after the other: every kind of change,
 * each service in its turn. The next change does not wait for the last one to arrive, but there is
 * a limit to how many are under way: on a machine that is busy with something else it is the way of
 * a change that is measured, not the queue before it.
 */
final class SteadyLoad {
  static final int SERVICES = 500;
  private static final int CHANGES = 2000;

  /** Made first and not counted: a process that has just started is not what is measured. */
  private static final int WARM_UP = 250;

  private static final Duration BETWEEN = Duration.ofMillis(15);

  private static final int UNDER_WAY = 16;

  /** Every so many changes a service comes, and one that came before goes. */
  private static final int NEWCOMER_EVERY = 10;

  /** Long enough for its coming to be seen before it goes. */
  private static final int NEWCOMERS = 40;

  private final Federation federation;
  private final MeshRig mesh;
  private final List<Shop> shops = new ArrayList<>();
  private final Deque<Shop> newcomers = new ArrayDeque<>();
  private final Semaphore room = new Semaphore(UNDER_WAY);
  private int made;

  SteadyLoad(Federation federation, MeshRig mesh) {
    this.federation = federation;
    this.mesh = mesh;
  }

  /** Puts the services there. */
  void fill() throws IOException {
    for (int i = 0; i < SERVICES; i++) {
      var shop = Shop.of("s" + i, 3000, address(i));
      federation.put(mesh, shop);
      shops.add(shop);
    }
  }

  /** Makes all changes; how long each that counts took from its acknowledgement to its sight. */
  List<Duration> run(Sightings sightings) throws InterruptedException {
    try (var clock = Executors.newSingleThreadScheduledExecutor();
        var lookers = Executors.newVirtualThreadPerTaskExecutor()) {
      var changes = new ArrayList<Future<Future<Duration>>>();
      for (int i = 0; i < WARM_UP + CHANGES; i++) {
        changes.add(schedule(clock, i, () -> change(sightings, lookers)));
      }
      var latencies = new ArrayList<Duration>();
      var unseen = new ArrayList<String>();
      for (var change : changes) {
        try {
          latencies.add(change.get().get());
        } catch (ExecutionException failed) {
          unseen.add(String.valueOf(failed.getCause()));
        }
      }
      assertThat(unseen).as("changes that were never seen").isEmpty();
      return latencies.subList(WARM_UP, latencies.size());
    }
  }

  private static <T> Future<T> schedule(ScheduledExecutorService clock, int i, Callable<T> work) {
    return clock.schedule(work, i * BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Future<Duration> change(Sightings sightings, ExecutorService lookers)
      throws IOException, InterruptedException {
    room.acquire();
    int number = made++;
    if (number % NEWCOMER_EVERY != 0) {
      return put(changed(number), sightings, lookers);
    }
    if (newcomers.size() < NEWCOMERS) {
      var newcomer = Shop.of("n" + number, 4000, address(SERVICES + number));
      newcomers.add(newcomer);
      return put(newcomer, sightings, lookers);
    }
    var leaver = newcomers.remove();
    var sight = sightings.expect(leaver, true);
    federation.remove(mesh, leaver.name());
    return look(sight, lookers);
  }

  private Future<Duration> put(Shop shop, Sightings sightings, ExecutorService lookers)
      throws IOException {
    var sight = sightings.expect(shop, false);
    federation.put(mesh, shop);
    return look(sight, lookers);
  }

  private Future<Duration> look(Sightings.Sight sight, ExecutorService lookers) {
    long acknowledged = System.nanoTime();
    return lookers.submit(
        () -> {
          try {
            return Duration.ofNanos(sight.await() - acknowledged);
          } finally {
            room.release();
          }
        });
  }

  /**
   * A service's next life, each of which an Istio shows: one service moves, grows, shrinks and
   * moves again, the next one gets an instance that falls ill, recovers, and goes.
   */
  private Shop changed(int number) {
    int turn = number % SERVICES;
    int round = number / SERVICES % 4;
    var shop = shops.get(turn);
    var second = "10.4." + turn / 250 + "." + (turn % 250 + 1);
    var life =
        turn % 2 == 0
            ? List.of("move", "grow", "shrink", "move")
            : List.of("grow", "ill", "well", "shrink");
    var changed =
        switch (life.get(round)) {
          case "move" -> shop.on(shop.port() + 1);
          case "grow", "well" -> shop.with(second, true);
          case "ill" -> shop.with(second, false);
          default -> shop.without(second);
        };
    shops.set(turn, changed);
    return changed;
  }

  private static String address(int i) {
    return "10.3." + i / 250 + "." + (i % 250 + 1);
  }
}
