package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.ServiceKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells again and again of imports that somebody else's slice stands in the way of. Such slices do
 * not bear our label, so nobody tells when they go; they are rare enough to be asked for.
 */
final class Recheck implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Consumer<ServiceKey> touched;
  private final Set<ServiceKey> blocked = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<ServiceKey> news = new LinkedBlockingQueue<>();
  private final Thread thread;

  private Recheck(String mesh, Consumer<ServiceKey> touched) {
    this.touched = touched;
    this.thread = Thread.ofVirtual().name("recheck-" + mesh).unstarted(this::run);
  }

  /**
   * Starts without any.
   *
   * @param mesh names the mesh in thread names
   */
  static Recheck start(String mesh, Consumer<ServiceKey> touched) {
    var recheck = new Recheck(mesh, touched);
    recheck.thread.start();
    return recheck;
  }

  void add(ServiceKey service) {
    blocked.add(service);
    news.add(service);
  }

  void remove(ServiceKey service) {
    blocked.remove(service);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        if (blocked.isEmpty()) {
          var unused = news.take();
        }
        if (news.poll(PERIOD.toMillis(), TimeUnit.MILLISECONDS) == null) {
          blocked.forEach(touched);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
