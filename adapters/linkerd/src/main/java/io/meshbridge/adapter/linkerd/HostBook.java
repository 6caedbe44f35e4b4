package io.meshbridge.adapter.linkerd;

import io.meshbridge.model.ServiceKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What is known of the hosts that imports name, who needs them, and when each is to be asked for
 * again. Decides, and does not ask by itself. A host that cannot be resolved any more keeps its
 * last good answer: a name server that is down must not take endpoints away.
 */
final class HostBook implements HostAnswers {
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 6;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  // Both guarded by the lock.
  private final Map<String, Page> pages = new HashMap<>();
  private final Map<ServiceKey, Set<String>> wanted = new HashMap<>();

  /** What is known of one host; guarded by the book's lock. */
  private static final class Page {
    private final Set<ServiceKey> wanting = new HashSet<>(2);
    private List<InetAddress> addresses = List.of();
    private String failure = "it was not resolved yet";
    private int failures;
    private long due;
    // Somebody is asking for it just now.
    private boolean asked;

    Page(long due) {
      this.due = due;
    }

    Page givenBack() {
      asked = false;
      return this;
    }
  }

  HostBook(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Remembers which hosts a service needs now, and forgets those that it needed before. */
  void want(ServiceKey service, Set<String> hosts) {
    lock.lock();
    try {
      var before = wanted.getOrDefault(service, Set.of());
      var now = new TreeSet<String>();
      hosts.forEach(host -> now.add(keyOf(host)));
      for (String host : before) {
        var page = pages.get(host);
        if (page != null && !now.contains(host) && page.wanting.remove(service)) {
          // Nobody asks for the address of a host that nobody calls.
          pages.computeIfPresent(host, (h, p) -> p.wanting.isEmpty() ? null : p);
        }
      }
      for (String host : now) {
        // Whoever wants a new host asks for it first; it is due if he did not.
        pages.computeIfAbsent(host, h -> new Page(dueIn(SHORTEST))).wanting.add(service);
      }
      if (now.isEmpty()) {
        wanted.remove(service);
      } else {
        wanted.put(service, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes those of the hosts that never had an answer, to ask for them. */
  List<String> takeUnasked(Set<String> hosts) {
    lock.lock();
    try {
      var keys = hosts.stream().map(HostBook::keyOf).collect(Collectors.toSet());
      return take(
          (host, page) -> keys.contains(host) && page.addresses.isEmpty() && page.failures == 0);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the hosts that are to be asked for now. */
  List<String> takeDue() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      return take((host, page) -> page.due - now <= 0);
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was taken and not asked for after all. */
  void giveBack(Collection<String> hosts) {
    lock.lock();
    try {
      hosts.forEach(host -> pages.computeIfPresent(host, (h, page) -> page.givenBack()));
    } finally {
      lock.unlock();
    }
  }

  /** How long it is until the next host is to be asked for; not negative. */
  Duration untilNext() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      return pages.values().stream()
          .filter(page -> !page.asked)
          .map(page -> Duration.ofNanos(Math.max(0, page.due - now)))
          .min(Comparator.naturalOrder())
          .orElse(LONGEST);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what came of asking.
   *
   * @return the services whose endpoints are others now
   */
  Set<ServiceKey> take(String host, HostLookup.Result result) {
    lock.lock();
    try {
      var page = pages.get(keyOf(host));
      if (page == null) {
        return Set.of();
      }
      page.asked = false;
      return switch (result) {
        case HostLookup.Result.Found found -> takeFound(page, found);
        case HostLookup.Result.Failed failed -> {
          page.failure = failed.reason();
          page.due = dueIn(SHORTEST.multipliedBy(1L << Math.min(page.failures, MOST_DOUBLINGS)));
          page.failures++;
          yield Set.of();
        }
      };
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer of(String host) {
    lock.lock();
    try {
      var page = pages.get(keyOf(host));
      if (page == null) {
        return new Answer.Unknown("the host was not asked for");
      }
      return page.addresses.isEmpty()
          ? new Answer.Unknown("the host has no address: " + page.failure)
          : new Answer.Known(page.addresses);
    } finally {
      lock.unlock();
    }
  }

  /** Nobody else takes them until there is a result. */
  private List<String> take(BiPredicate<String, Page> wantedNow) {
    var taken = new ArrayList<String>();
    pages.forEach(
        (host, page) -> {
          if (!page.asked && wantedNow.test(host, page)) {
            page.asked = true;
            taken.add(host);
          }
        });
    return taken;
  }

  private Set<ServiceKey> takeFound(Page page, HostLookup.Result.Found found) {
    page.failures = 0;
    page.due = dueIn(found.timeToLive());
    var addresses = new ArrayList<>(new HashSet<>(found.addresses()));
    // Name servers turn their answers around; that is no change.
    addresses.sort(Comparator.comparing(IpText::of));
    if (addresses.equals(page.addresses)) {
      return Set.of();
    }
    page.addresses = List.copyOf(addresses);
    return Set.copyOf(page.wanting);
  }

  private long dueIn(Duration delay) {
    var longer = delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
    var bounded = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    return nanoTime.getAsLong() + bounded.toNanos();
  }

  private static String keyOf(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
