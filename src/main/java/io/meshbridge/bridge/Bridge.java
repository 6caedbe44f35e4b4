package io.meshbridge.bridge;

import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.cli.BridgeRunner;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.exporting.ExportSession;
import io.meshbridge.guard.Guard;
import io.meshbridge.importing.Backoff;
import io.meshbridge.importing.ImportSession;
import io.meshbridge.importing.ObservedSink;
import io.meshbridge.importing.TargetMesh;
import io.meshbridge.leadership.Election;
import io.meshbridge.leadership.Lease;
import io.meshbridge.log.AssignedReader;
import io.meshbridge.log.DeadLetterSink;
import io.meshbridge.log.FederationTopics;
import io.meshbridge.log.KafkaClients;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.MembersAdmin;
import io.meshbridge.log.MembersView;
import io.meshbridge.log.MeshLogReader;
import io.meshbridge.log.MeshPublisher;
import io.meshbridge.log.OrdersBook;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.log.StatusSink;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.owners.OwnerSession;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** One bridge: wires the parts for its configuration, runs them, and takes them down in order. */
@Singleton
public final class Bridge implements BridgeRunner {
  private static final Logger LOG = Logger.getLogger(Bridge.class);
  private static final Duration STATUS_WAIT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Adapters adapters;
  private final FilesBackend files;
  private final MembersView members;
  private final StatusSink statusSink;
  private final DeadLetterSink deadLetters;
  private final BridgeMetrics metrics;
  private final RunningBridge running;
  private final Tracing tracing;
  private final String version;
  private final Clock clock = Clock.systemUTC();
  private final LongSupplier nanoTime = System::nanoTime;

  /** With what was found at build time. */
  @Inject
  public Bridge(
      Adapters adapters,
      FilesBackend files,
      MembersView members,
      StatusSink statusSink,
      DeadLetterSink deadLetters,
      MeterRegistry registry,
      RunningBridge running,
      Tracing tracing,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.adapters = adapters;
    this.files = files;
    this.members = members;
    this.statusSink = statusSink;
    this.deadLetters = deadLetters;
    this.metrics = new BridgeMetrics(registry);
    this.running = running;
    this.tracing = tracing;
    this.version = version;
  }

  @Override
  public void run(BridgeConfig config) throws InterruptedException {
    try (var parts = new Parts(config)) {
      parts.start();
      LOG.infof(
          "bridge started federation=%s bridge=%s meshes=%s",
          config.federation(),
          config.bridgeId(),
          config.meshes().stream().map(mesh -> mesh.mesh().id()).toList());
      parts.tickForEver();
    }
  }

  /** The parts of one running bridge. */
  private final class Parts implements AutoCloseable {
    private final BridgeConfig config;
    private final FederationTopics topics;
    private final KafkaClients clients;
    private final TopicPreparation preparation;
    private final CatalogKeeper catalog = new CatalogKeeper();
    private final StatusBoard board = new StatusBoard(statusSink, running.listener());
    private final StatusFeed statusFeed;
    private final HeartbeatWatch heartbeats;
    private final MeshLogReader logReader;
    private final AssignedReader statusReader;
    private final OrdersBook orders = new OrdersBook();
    private final AssignedReader ordersReader;
    private final List<ServedMesh> served = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final ReentrantLock takingMembers = new ReentrantLock();
    private volatile List<ServedMesh> shownServed = List.of();
    private volatile Map<MeshId, String> silent = Map.of();
    private volatile boolean membersAreKnown;
    private volatile boolean hasStarted;

    private Parts(BridgeConfig config) {
      this.config = config;
      this.topics = new FederationTopics(config.federation());
      this.clients = new KafkaClients(config.kafka());
      this.preparation = new TopicPreparation(config, topics, clients);
      this.statusFeed = new StatusFeed(topics, board);
      this.heartbeats = new HeartbeatWatch(config.heartbeatStaleAfter(), clock, nanoTime);
      this.logReader =
          new MeshLogReader(
              topics,
              clients,
              new RecordCodec(),
              catalog,
              deadLetters,
              metrics,
              tracing,
              clock,
              nanoTime);
      this.statusReader = new AssignedReader(clients, statusFeed, clock, nanoTime);
      this.ordersReader = new AssignedReader(clients, orders, clock, nanoTime);
    }

    private void start() throws InterruptedException {
      var configured = new HashMap<MeshId, MeshDescriptor>();
      config.meshes().forEach(mesh -> configured.put(mesh.mesh().id(), mesh.mesh()));
      running.show(
          new LiveFederationView(
              catalog::current,
              board,
              heartbeats,
              configured,
              () -> shownServed,
              this::hasCaughtUp),
          config,
          logReader::position);
      preparation.ensureAll();
      new AutomaticMembership(config, new MembersAdmin(topics, clients, clock)).apply();
      catalog.subscribe(
          now -> heartbeats.look(now.catalog()), change -> heartbeats.look(change.catalog()));
      catalog.subscribe(this::tellServices, this::tellServices);
      metrics.watchLog(() -> logReader.connected() ? 1 : 0, () -> hasCaughtUp() ? 1 : 0);
      readers.add(daemon("log-reader", logReader::run));
      readers.add(daemon("status-reader", statusReader::run));
      ordersReader.follow(Set.of(topics.orders()));
      orders.onChange(() -> shownServed.forEach(ServedMesh::ordersChanged));
      readers.add(daemon("orders-reader", ordersReader::run));
      members.onChange(ignored -> takeMembers());
      takeMembers();
      for (MeshConfig mesh : config.meshes()) {
        var one = serve(mesh);
        served.add(one);
        metrics.watchServed(one.id(), () -> one.leads() ? 1 : 0, one::backlog, one::sinceHeard);
      }
      shownServed = List.copyOf(served);
      // Whoever asks whether we are ready may then ask what we are to each mesh.
      hasStarted = true;
    }

    private void tickForEver() throws InterruptedException {
      while (true) {
        Threads.pause(TICK);
        var now = heartbeats.silent(catalog.current());
        if (!now.equals(silent)) {
          LOG.infof("silent meshes changed silent=%s", now);
          tellSilence(now);
          silent = now;
          served.forEach(mesh -> mesh.silenceChanged(now));
        }
      }
    }

    private void tellServices(Catalog.Change change) {
      change.services().forEach(running.listener()::serviceChanged);
      change
          .meshes()
          .forEach(
              mesh -> change.catalog().services(mesh).forEach(running.listener()::serviceChanged));
    }

    /** What is known of the services of a mesh is old as soon as it is silent. */
    private void tellSilence(Map<MeshId, String> now) {
      var meshes = new HashSet<>(now.keySet());
      meshes.addAll(silent.keySet());
      for (MeshId mesh : meshes) {
        if (now.containsKey(mesh) != silent.containsKey(mesh)) {
          catalog.current().services(mesh).forEach(running.listener()::serviceChanged);
        }
      }
    }

    @Override
    public void close() {
      running.hide();
      var closing = served.stream().map(mesh -> Thread.ofVirtual().start(mesh::close)).toList();
      closing.forEach(Threads::join);
      readers.forEach(Thread::interrupt);
      readers.forEach(Threads::join);
      LOG.infof("bridge stopped bridge=%s", config.bridgeId());
    }

    /**
     * Takes the members as they are now, and not as a call that was overtaken on its way here knew
     * them: several threads tell of changes.
     */
    private void takeMembers() {
      takingMembers.lock();
      try {
        // On the way to the present the topic passes through states that are long over.
        if (members.complete()) {
          follow(members.current());
          membersAreKnown = true;
        }
      } finally {
        takingMembers.unlock();
      }
    }

    private void follow(Map<MeshId, Member> now) {
      catalog.members(now);
      var active =
          now.values().stream()
              .filter(member -> member.state() == Member.State.ACTIVE)
              .map(Member::id)
              .collect(Collectors.toSet());
      logReader.follow(active);
      statusReader.follow(statusFeed.topicsOf(active));
      now.keySet()
          .forEach(
              mesh ->
                  metrics.watch(
                      mesh,
                      new BridgeMetrics.Watched(
                          heartbeats,
                          board,
                          () -> catalog.current().mesh(mesh).fold().exportCount(),
                          () -> catalog.current().mesh(mesh).fold().holds().size(),
                          () -> logReader.lag(mesh).orElse(-1))));
    }

    private boolean hasCaughtUp() {
      Catalog now = catalog.current();
      return hasStarted
          && members.complete()
          && now.members().stream()
              .filter(member -> member.state() == Member.State.ACTIVE)
              // A member whose bridge never ran has said nothing that could be missed.
              .allMatch(
                  member ->
                      now.mesh(member.id()).readings() > 0 || logReader.hasNoTopic(member.id()));
    }

    private ServedMesh serve(MeshConfig mesh) {
      var id = mesh.mesh().id();
      return new ServedMesh(
          id,
          mesh.mesh().kind(),
          catalog,
          () -> membersAreKnown,
          listener ->
              new Election(
                      clients.groupMember(),
                      topics.mesh(id),
                      topics.electionGroup(id),
                      listener,
                      nanoTime)
                  .run(),
          (lease, fenced) -> term(mesh, lease, fenced));
    }

    private Term term(MeshConfig mesh, Lease lease, Runnable fenced) throws InterruptedException {
      var id = mesh.mesh().id();
      // Deciding before the log is known would be right, but would tell of every import twice.
      awaitCaughtUp();
      awaitOrders(id);
      if (!statusFeed.takeOver(id, STATUS_WAIT)) {
        LOG.warnf("what was said of imports before is not known yet mesh=%s", id);
      }
      var adapter = adapterOf(mesh);
      var connection = connect(mesh, adapter);
      var exports = exports(mesh, connection, lease);
      return new Term(
          id,
          lease,
          connection,
          exports,
          imports(mesh, adapter, connection, lease),
          owners(mesh, connection, exports, lease),
          catalog,
          silent,
          new Term.Ended() {
            @Override
            public void fenced() {
              metrics.fencedByLog(id);
              failed();
            }

            @Override
            public void failed() {
              statusFeed.giveUp(id);
              fenced.run();
            }
          });
    }

    private void awaitCaughtUp() throws InterruptedException {
      long giveUpAt = nanoTime.getAsLong() + STATUS_WAIT.toNanos();
      while (!hasCaughtUp() && nanoTime.getAsLong() - giveUpAt < 0) {
        Threads.pause(LOOK);
      }
    }

    /** Waits for as long as it takes: what operators have paused must not be written. */
    private void awaitOrders(MeshId mesh) throws InterruptedException {
      long warnAt = nanoTime.getAsLong() + STATUS_WAIT.toNanos();
      boolean warned = false;
      while (!orders.isComplete()) {
        Threads.pause(LOOK);
        if (!warned && nanoTime.getAsLong() - warnAt > 0) {
          LOG.warnf("waiting for what operators have ordered mesh=%s", mesh);
          warned = true;
        }
      }
    }

    private MeshConnection connect(MeshConfig mesh, MeshAdapter adapter) {
      var context = new ConnectionContext(config.federation(), mesh.mesh(), clock);
      return switch (mesh.backend()) {
        case LIVE -> adapter.connect(mesh.settings(), context);
        case FILES -> files.connect(mesh.settings(), context, adapter.translator());
      };
    }

    private ExportSession exports(MeshConfig mesh, MeshConnection connection, Lease lease) {
      return new ExportSession(
          mesh.mesh(),
          mesh.transit(),
          connection.source(),
          catalog,
          () -> openPublisher(mesh.mesh().id()),
          lease,
          new Guard(config.guard(), orders),
          orders,
          tracing,
          new ExportSession.Identity(config.bridgeId(), version),
          config.heartbeatInterval(),
          clock,
          nanoTime);
    }

    private MeshPublisher openPublisher(MeshId id)
        throws LogUnavailableException, InterruptedException {
      // Somebody may have deleted the topic while we wrote to it.
      preparation.ensure(Set.of(topics.mesh(id), topics.status(id)));
      var publisher =
          new MeshPublisher(
              topics.mesh(id), topics.source(id), clients.producer(), topics.transactionalId(id));
      publisher.open();
      return publisher;
    }

    private ImportSession imports(
        MeshConfig mesh, MeshAdapter adapter, MeshConnection connection, Lease lease) {
      var template = config.nameTemplates().getOrDefault(adapter.kind(), adapter.nameTemplate());
      return new ImportSession(
          new TargetMesh(
              mesh.mesh(), adapter.nameSyntax(), template, mesh.gateways(), mesh.imports()),
          mesh.observed() ? observed(mesh, connection) : connection.sink(),
          lease,
          board,
          metrics,
          tracing.importsInto(mesh.mesh().id()),
          new Guard(config.guard(), orders),
          orders,
          new ImportSession.Tuning(
              config.parallelism(),
              new Backoff(config.initialBackoff(), config.maxBackoff()),
              config.damping(),
              Duration.ofSeconds(1).dividedBy(config.rewritesPerSecond()),
              config.repairInterval()),
          clock,
          nanoTime,
          RandomGenerator.getDefault());
    }

    /** A mesh that is only observed is not written to, not even for its owners. */
    private Optional<OwnerSession> owners(
        MeshConfig mesh, MeshConnection connection, ExportSession exports, Lease lease) {
      return connection
          .owners()
          .filter(ignored -> !mesh.observed())
          .map(
              owners ->
                  new OwnerSession(
                      mesh.mesh().id(),
                      owners,
                      catalog,
                      board,
                      exports::faults,
                      running,
                      lease,
                      new OwnerSession.Tuning(
                          SETTLING,
                          new Backoff(config.initialBackoff(), config.maxBackoff()),
                          config.repairInterval()),
                      clock,
                      nanoTime,
                      RandomGenerator.getDefault()));
    }

    private Sink observed(MeshConfig mesh, MeshConnection connection) {
      var context = mesh.writeContext(config.federation(), "");
      LOG.infof("mesh is only observed mesh=%s", mesh.mesh().id());
      return new ObservedSink(
          connection.sink(), desired -> connection.translator().write(desired, context).losses());
    }

    private MeshAdapter adapterOf(MeshConfig mesh) {
      return adapters
          .find(mesh.mesh().kind())
          .orElseThrow(() -> new IllegalStateException("no adapter of kind " + mesh.mesh().kind()));
    }
  }

  private static Thread daemon(String name, Endless work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } catch (InterruptedException ended) {
                LOG.debugf("thread ended name=%s", name);
              }
            });
  }

  /** Work that only interruption ends. */
  @FunctionalInterface
  private interface Endless {
    void run() throws InterruptedException;
  }
}
