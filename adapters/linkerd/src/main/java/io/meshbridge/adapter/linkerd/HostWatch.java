package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Keeps a {@link HostBook} up to date: asks for each host when it is due, several at a time. */
final class HostWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HostWatch.class);
  private static final int QUESTIONS_AT_ONCE = 16;
  // An import is not held up for longer by a name server that is slow.
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

  private final String mesh;
  private final HostBook book;
  private final HostLookup lookup;
  private final Consumer<ServiceKey> touched;
  private final Semaphore questions = new Semaphore(QUESTIONS_AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<ServiceKey> news = new LinkedBlockingQueue<>();
  private final Thread thread;

  private HostWatch(String mesh, HostBook book, HostLookup lookup, Consumer<ServiceKey> touched) {
    this.mesh = mesh;
    this.book = book;
    this.lookup = lookup;
    this.touched = touched;
    this.thread = Thread.ofVirtual().name("hosts-" + mesh).unstarted(this::run);
  }

  /**
   * Starts to ask.
   *
   * @param mesh names the mesh in logs
   * @param touched told whose endpoints changed with the addresses of a host
   */
  static HostWatch start(
      String mesh, HostBook book, HostLookup lookup, Consumer<ServiceKey> touched) {
    var watch = new HostWatch(mesh, book, lookup, touched);
    watch.thread.start();
    return watch;
  }

  /**
   * Notes which hosts a service needs, and waits for the first answer of those that are new, though
   * not for long: what comes later is told.
   */
  void need(ServiceKey service, Set<String> hosts) throws InterruptedException {
    book.want(service, hosts);
    var unasked = book.takeUnasked(hosts);
    if (!unasked.isEmpty()) {
      // The caller reads the book next, so only others need to be told.
      askAll(unasked, FIRST_ANSWER, other -> tell(other, service));
      news.add(service);
    }
  }

  /** Notes that a service needs no host any more. */
  void release(ServiceKey service) {
    book.want(service, Set.of());
  }

  @Override
  public void close() {
    thread.interrupt();
    threads.shutdownNow();
  }

  private void run() {
    try {
      while (true) {
        var due = book.takeDue();
        if (due.isEmpty()) {
          var unused = news.poll(book.untilNext().toNanos(), TimeUnit.NANOSECONDS);
        } else {
          askAll(due, FIRST_ANSWER.multipliedBy(due.size()), touched);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException closed) {
      LOG.debugf("resolving ended mesh=%s", mesh);
    }
  }

  private void askAll(Collection<String> hosts, Duration patience, Consumer<ServiceKey> told)
      throws InterruptedException {
    var questionsToAsk = new ArrayList<Callable<Boolean>>();
    hosts.forEach(host -> questionsToAsk.add(() -> ask(host, told)));
    try {
      var unused = threads.invokeAll(questionsToAsk, patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      book.giveBack(hosts);
    }
  }

  private boolean ask(String host, Consumer<ServiceKey> told) throws InterruptedException {
    HostLookup.Result result = new HostLookup.Result.Failed("the name servers are slow");
    questions.acquire();
    try {
      result = lookup.lookup(host);
    } finally {
      questions.release();
      LOG.debugf("resolved mesh=%s host=%s result=%s", mesh, host, result);
      book.take(host, result).forEach(told);
    }
    return true;
  }

  private void tell(ServiceKey service, ServiceKey caller) {
    if (!service.equals(caller)) {
      touched.accept(service);
    }
  }
}
