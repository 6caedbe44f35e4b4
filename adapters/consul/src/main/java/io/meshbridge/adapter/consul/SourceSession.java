package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * From a first complete read to the first failure. Other threads only read and report; this one
 * alone decides and tells, in the order of the reports.
 */
final class SourceSession {
  private static final Logger LOG = Logger.getLogger(SourceSession.class);

  private final ConsulSettings settings;
  private final ConnectionContext context;
  private final ConsulHttp http;
  private final CatalogApi api;
  private final Rights rights;
  private final Timing timing;
  private final Consumer<Observation> observer;

  private final LinkedBlockingQueue<SourceEvent> inbox = new LinkedBlockingQueue<>(1024);
  private final WorkQueue work = new WorkQueue();
  private final Sweeps sweeps = new Sweeps(work);
  private final ServiceBook book;
  private final GatewayTeller gateways;
  private final Map<String, Mapped> told = new HashMap<>();
  // Of the state in which each service was last read.
  private final Map<String, Long> indexes = new HashMap<>();
  private MeshConfig config = MeshConfig.EMPTY;
  private SortedMap<String, List<String>> catalog = new TreeMap<>();
  private Optional<MeshDescriptor> described = Optional.empty();
  private Optional<Observation.Trusted> trusted = Optional.empty();
  private boolean complete;

  SourceSession(
      ConsulSettings settings,
      ConnectionContext context,
      ConsulHttp http,
      Timing timing,
      Consumer<Observation> observer) {
    this.settings = settings;
    this.context = context;
    this.http = http;
    this.api = new CatalogApi(http, ReadMode.DEFAULT);
    this.rights = new Rights(http);
    this.timing = timing;
    this.observer = observer;
    this.book = new ServiceBook(context.mesh().id());
    this.gateways = new GatewayTeller(context.mesh().id(), rights, observer);
  }

  /**
   * Runs until the mesh cannot be read.
   *
   * @param before the nodes of each service that an earlier session told of
   * @param completed told once everything was read
   */
  void run(Map<String, Set<String>> before, Runnable completed)
      throws MeshUnavailableException, InterruptedException {
    try (var crew = new Crew("consul-source-" + context.mesh().id(), this::report)) {
      rights.requireReadAll();
      var leader = http.leader();
      var names = api.servicesForCertain();
      catalog = CatalogApi.services(names);
      describe();
      var feed = feed(crew);
      feed.prepare(catalog.size());
      readAll(crew);
      requireNothingHidden(before);
      tellAll(feed);
      complete = true;
      completed.run();
      LOG.infof(
          "mesh read mesh=%s leader=%s services=%d exported=%d multiplexed=%s",
          context.mesh().id(), leader, catalog.size(), told.size(), http.isMultiplexed());
      feed.start();
      watch(crew, names.index());
      follow(feed);
    }
  }

  boolean isComplete() {
    return complete;
  }

  /** The nodes of each service that is exported, for the next session to compare. */
  Map<String, Set<String>> whereabouts() {
    var known = new TreeMap<>(book.whereabouts(told.keySet()));
    gateways.names().forEach(gateway -> known.putIfAbsent(gateway, Set.of()));
    return known;
  }

  private void report(MeshUnavailableException cause) {
    // If the inbox is full the session is behind, not blind: the report must still arrive.
    while (!inbox.offer(new SourceEvent.Failed(cause))) {
      inbox.poll();
    }
  }

  private ChangeFeed feed(Crew crew) {
    return http.isMultiplexed()
        ? new MultiplexedFeed(
            http.mostFollowed(),
            (path, index) -> query(path, index, settings.followWait()),
            crew,
            inbox::put,
            context.clock())
        : new SweepingFeed(http, this::query, crew, inbox::put, timing);
  }

  private BlockingQuery query(String path, long index) {
    return query(path, index, settings.waitTime());
  }

  private BlockingQuery query(String path, long index, Duration wait) {
    return new BlockingQuery(http, wait, timing, path, index);
  }

  private void readAll(Crew crew) throws MeshUnavailableException, InterruptedException {
    config = api.config();
    book.configure(config);
    for (int lane = 0; lane < settings.lanes(); lane++) {
      crew.start("lane-" + lane, this::readOnLane);
    }
    work.add(WorkQueue.Urgency.CHANGED, catalog.keySet());
    var missing = new HashSet<>(catalog.keySet());
    while (!missing.isEmpty()) {
      switch (inbox.take()) {
        case SourceEvent.Refreshed read -> {
          indexes.put(read.service(), read.index());
          book.put(read.service(), read.instances());
          missing.remove(read.service());
        }
        case SourceEvent.Failed failed -> throw failed.cause();
        case SourceEvent.Catalog ignored -> {}
        case SourceEvent.Checks ignored -> {}
        case SourceEvent.Instances ignored -> {}
        case SourceEvent.Unseen ignored -> {}
        case SourceEvent.ConfigTouched ignored -> {}
      }
    }
  }

  private void readOnLane() throws MeshUnavailableException, InterruptedException {
    while (true) {
      var service = work.take();
      var answer = http.get(CatalogApi.healthPath(service));
      var instances = CatalogApi.instances(answer, service);
      inbox.put(
          new SourceEvent.Refreshed(service, instances, answer.index(), context.clock().instant()));
      // Only now: a second read must not overtake this one into the inbox.
      work.done(service);
    }
  }

  private void requireNothingHidden(Map<String, Set<String>> before)
      throws MeshUnavailableException, InterruptedException {
    var services = new TreeSet<String>();
    var nodes = new TreeSet<String>();
    before.forEach(
        (service, itsNodes) -> {
          if (!(book.map(service) instanceof Mapped.Offered)) {
            services.add(service);
          }
          itsNodes.stream().filter(n -> !book.nodesOf(service).contains(n)).forEach(nodes::add);
        });
    rights.requireRead(services, nodes);
  }

  private void tellAll(ChangeFeed feed) throws MeshUnavailableException, InterruptedException {
    var now = context.clock().instant();
    book.names().forEach(name -> tell(name, now, feed));
    gateways.configure(config, now);
    var all = new HashSet<>(gateways.keys());
    told.keySet().forEach(name -> all.add(key(name)));
    observer.accept(new Observation.Complete(all, now));
  }

  private void watch(Crew crew, long catalogIndex) {
    crew.start(
        "catalog",
        () -> {
          var query = query(CatalogApi.SERVICES, catalogIndex);
          while (true) {
            var answer = query.next();
            inbox.put(
                new SourceEvent.Catalog(
                    CatalogApi.services(answer), query.wentBack(), context.clock().instant()));
          }
        });
    var paths = new ArrayList<String>();
    paths.add(CatalogApi.INTENTIONS);
    List.of(ConfigKind.values()).forEach(kind -> paths.add(CatalogApi.configPath(kind)));
    for (String path : paths) {
      crew.start(
          path,
          () -> {
            var query = query(path, 0);
            while (true) {
              CatalogApi.requireWhole(query.next(), path);
              inbox.put(new SourceEvent.ConfigTouched());
            }
          });
    }
  }

  private void follow(ChangeFeed feed) throws MeshUnavailableException, InterruptedException {
    var resyncAt = timing.nanoTime() + settings.resyncInterval().toNanos();
    while (true) {
      var now = timing.nanoTime();
      if (resyncAt - now <= 0) {
        resync();
        resyncAt = now + settings.resyncInterval().toNanos();
      }
      sweeps.turn(now, () -> feed.unfollowed(told.keySet()), this::notExported);
      var patience = Math.min(resyncAt - now, sweeps.nanosUntilDue(now));
      var event = inbox.poll(patience, TimeUnit.NANOSECONDS);
      if (event != null) {
        handle(event, feed);
      }
    }
  }

  private Set<String> notExported() {
    var others = new TreeSet<>(catalog.keySet());
    others.removeAll(told.keySet());
    return others;
  }

  private void handle(SourceEvent event, ChangeFeed feed)
      throws MeshUnavailableException, InterruptedException {
    switch (event) {
      case SourceEvent.Refreshed read -> refreshed(read, feed);
      case SourceEvent.Catalog read -> catalogRead(read, feed);
      case SourceEvent.Checks changed -> {
        var services = new TreeSet<>(changed.services());
        services.addAll(book.servicesOn(changed.nodes()));
        // The health of what is not exported is nobody's concern.
        services.retainAll(told.keySet());
        work.add(WorkQueue.Urgency.CHANGED, services);
      }
      case SourceEvent.Instances changed -> changed(changed.services(), feed);
      case SourceEvent.Unseen ignored -> sweeps.ask();
      case SourceEvent.ConfigTouched touched -> {
        // One read answers all that were told of before it.
        inbox.removeIf(touched::equals);
        config = api.config();
        var affected = book.configure(config);
        var at = context.clock().instant();
        affected.forEach(name -> tell(name, at, feed));
        gateways.configure(config, at);
      }
      case SourceEvent.Failed failed -> throw failed.cause();
    }
  }

  private void catalogRead(SourceEvent.Catalog read, ChangeFeed feed)
      throws MeshUnavailableException, InterruptedException {
    if (read.restored()) {
      // Nothing that was read counts any more, nor does what other queries wait for.
      throw new MeshUnavailableException(
          "its state was set back to an older one; all of it is read again");
    }
    var changed = new TreeSet<String>();
    read.services()
        .forEach(
            (name, tags) -> {
              if (!tags.equals(catalog.get(name))) {
                changed.add(name);
              }
            });
    var gone = new TreeSet<>(book.names());
    gone.removeAll(read.services().keySet());
    catalog = read.services();
    indexes.keySet().retainAll(catalog.keySet());
    changed(changed, feed);
    for (String service : gone) {
      replace(service, List.of(), read.at(), feed);
    }
    if (!feed.catalogChanged(catalog.size())) {
      sweeps.ask();
    }
  }

  private void changed(Set<String> services, ChangeFeed feed) {
    var unread = new TreeSet<>(services);
    // Followed services have a reader already; a second one could overtake it.
    unread.removeIf(feed::follows);
    work.add(WorkQueue.Urgency.CHANGED, unread);
  }

  private void refreshed(SourceEvent.Refreshed read, ChangeFeed feed)
      throws MeshUnavailableException, InterruptedException {
    if (!read.instances().isEmpty() && !catalog.containsKey(read.service())) {
      // Read before it went, or before we heard that it came: only another read can tell.
      work.add(WorkQueue.Urgency.CHANGED, Set.of(read.service()));
      return;
    }
    indexes.put(read.service(), read.index());
    replace(read.service(), read.instances(), read.at(), feed);
  }

  private void replace(String service, List<Instance> instances, Instant at, ChangeFeed feed)
      throws MeshUnavailableException, InterruptedException {
    if (told.containsKey(service)) {
      var vanished = book.nodesOf(service);
      vanished.removeAll(ServiceBook.nodes(instances));
      if (!vanished.isEmpty()) {
        // An old server hides without a word what our token may no longer see.
        rights.requireRead(Set.of(service), vanished);
      }
    }
    book.put(service, instances).forEach(name -> tell(name, at, feed));
  }

  private void tell(String service, Instant at, ChangeFeed feed) {
    var mapped = book.map(service);
    if (mapped.equals(told.get(service))) {
      return;
    }
    switch (mapped) {
      case Mapped.Offered offered -> {
        offered.warnings().forEach(text -> warn(service, text));
        offered
            .faults()
            .forEach(f -> warn(service, f.location() + ": " + f.path() + " " + f.message()));
        if (told.put(service, mapped) == null) {
          follow(service, feed);
        }
        observer.accept(new Observation.Offered(offered.offer(), at));
      }
      case Mapped.Unreadable unreadable -> {
        if (told.put(service, mapped) == null) {
          follow(service, feed);
        }
        observer.accept(new Observation.Unreadable(key(service), unreadable.reason(), at));
      }
      case Mapped.NotExported ignored -> {
        if (told.remove(service) != null) {
          feed.forget(service);
          observer.accept(new Observation.Withdrawn(key(service), at));
        }
      }
    }
  }

  private void follow(String service, ChangeFeed feed) {
    feed.follow(service, indexes.getOrDefault(service, 0L));
  }

  private void warn(String service, String text) {
    LOG.warnf("export is odd mesh=%s service=%s reason=%s", context.mesh().id(), service, text);
  }

  private void resync() throws MeshUnavailableException, InterruptedException {
    rights.requireReadAll();
    describe();
    inbox.offer(new SourceEvent.ConfigTouched());
    sweeps.ask();
  }

  private void describe() throws MeshUnavailableException, InterruptedException {
    var roots = api.trusted();
    var now = api.describe(context.mesh(), roots);
    if (!Optional.of(now).equals(described)) {
      described = Optional.of(now);
      observer.accept(new Observation.Described(now));
    }
    if (!roots.roots().isEmpty() && !Optional.of(roots).equals(trusted)) {
      trusted = Optional.of(roots);
      observer.accept(roots);
    }
  }

  private ServiceKey key(String service) {
    return new ServiceKey(context.mesh().id(), ServiceName.DEFAULT_NAMESPACE, service);
  }
}
