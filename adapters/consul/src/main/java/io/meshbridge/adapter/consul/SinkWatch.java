package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Notices when what we wrote is no longer as we wrote it, or when a name that somebody held is
 * free. Blocking queries say that something changed; then each name is read and compared, at a pace
 * that costs the agent at most a fifth of its time. Its reads are cheap ones, since it only ever
 * points out what the sink then reads for certain.
 */
final class SinkWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SinkWatch.class);
  private static final long SHORTEST_REST_MILLIS = 500;
  private static final long LONGEST_REST_MILLIS = 30_000;
  private static final int REST_PER_WORK = 4;

  private final ConsulSettings settings;
  private final ConnectionContext context;
  private final ConsulHttp http;
  private final CatalogApi api;
  private final Timing timing;
  private final Wishes wishes;
  private final OwnNodes nodes;
  private final ConfigApi config;
  private final VersionProbe version;
  private final Crew crew;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private boolean somethingChanged;

  SinkWatch(
      ConsulSettings settings,
      ConnectionContext context,
      ConsulHttp http,
      Timing timing,
      Wishes wishes,
      OwnNodes nodes,
      VersionProbe version) {
    this.settings = settings;
    this.context = context;
    this.http = http;
    this.api = new CatalogApi(http, ReadMode.DEFAULT);
    this.timing = timing;
    this.wishes = wishes;
    this.nodes = nodes;
    this.config = new ConfigApi(http, ReadMode.DEFAULT);
    this.version = version;
    this.crew =
        new Crew(
            "consul-sink-" + context.mesh().id(),
            bug -> LOG.errorf(bug, "watch ended target=%s", context.mesh().id()));
  }

  void start(Consumer<ServiceKey> touched) {
    crew.start("catalog", () -> listen(CatalogApi.SERVICES));
    var query = new ArrayList<String>();
    OwnNode.marksOf(context.federation(), context.mesh().id())
        .forEach((key, value) -> query.addAll(List.of("node-meta", key + ":" + value)));
    crew.start("checks", () -> listen(CatalogApi.CHECKS, query.toArray(new String[0])));
    for (ConfigKind kind : ConfigApi.KINDS) {
      crew.start(kind.word(), () -> listen(CatalogApi.configPath(kind)));
    }
    crew.start("compare", () -> compareForEver(touched));
  }

  private void listen(String path, String... query) throws InterruptedException {
    var pause = timing.pause();
    while (true) {
      try {
        var blocking = new BlockingQuery(http, settings.waitTime(), timing, path, 0, query);
        while (true) {
          blocking.next();
          pause.reset();
          signal();
        }
      } catch (MeshUnavailableException away) {
        LOG.debugf("watch interrupted target=%s reason=%s", context.mesh().id(), away.getMessage());
        pause.backOff(settings.retryMax().toMillis());
      }
    }
  }

  private void compareForEver(Consumer<ServiceKey> touched) throws InterruptedException {
    var pause = timing.pause();
    while (true) {
      awaitChange();
      var startedAt = timing.nanoTime();
      try {
        compareAll(touched);
        pause.reset();
      } catch (MeshUnavailableException away) {
        // What could not be compared is compared again: nothing is concluded from silence.
        LOG.debugf("compare failed target=%s reason=%s", context.mesh().id(), away.getMessage());
        signal();
        pause.backOff(settings.retryMax().toMillis());
      }
      var took = (timing.nanoTime() - startedAt) / 1_000_000;
      pause.forMillis(Math.clamp(took * REST_PER_WORK, SHORTEST_REST_MILLIS, LONGEST_REST_MILLIS));
    }
  }

  private void compareAll(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    // What the server can be told may have become more, or less.
    var all = version.refresh();
    var entries = new HashMap<EntryId, StandingEntry>();
    config.all().forEach(entry -> entries.put(entry.id(), entry));
    for (var wish : wishes.all().entrySet()) {
      if (all || differs(wish.getKey(), wish.getValue(), entries)) {
        touched.accept(wish.getKey());
      }
    }
  }

  private boolean differs(ServiceKey key, Wishes.Wish wish, Map<EntryId, StandingEntry> entries)
      throws MeshUnavailableException, InterruptedException {
    var owner = new NamePlan.Owner(context.federation(), context.mesh().id(), key);
    var there =
        wish.entries().stream()
            .map(EntryId::of)
            .flatMap(id -> Stream.ofNullable(entries.get(id)))
            .toList();
    var ofEntries = EntryPlan.of(owner, wish.entries(), there);
    var taken = ofEntries.isTaken();
    var done = ofEntries.isDone();
    for (String name : wish.names()) {
      var plan = NamePlan.of(owner, wish.under(name), api.standing(name));
      taken |= plan.isTaken();
      done &= plan.isDone();
    }
    if (wish.blocked() && !taken && nodes.look(wish.node()) instanceof OwnNodes.NodeState.Foreign) {
      return false;
    }
    return wish.blocked() ? !taken || !done : taken || !done;
  }

  private void signal() {
    lock.lock();
    try {
      somethingChanged = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() throws InterruptedException {
    var left = settings.resyncInterval().toNanos();
    lock.lockInterruptibly();
    try {
      while (!somethingChanged && left > 0) {
        left = changed.awaitNanos(left);
      }
      somethingChanged = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    crew.close();
  }
}
