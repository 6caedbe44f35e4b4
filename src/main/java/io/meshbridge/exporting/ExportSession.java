package io.meshbridge.exporting;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.exporting.WithdrawalGuard.Verdict;
import io.meshbridge.guard.Confirmations;
import io.meshbridge.guard.Gathering;
import io.meshbridge.guard.Guard;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.MeshPublisher;
import io.meshbridge.log.PublisherFencedException;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Observation.Offered;
import io.meshbridge.spi.Source;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.tracing.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Publishes what one mesh offers, for as long as this process speaks for that mesh: follows its
 * source, finds what its topic does not say yet, and says it in transactions. The thin shell around
 * {@link Offering} and {@link ExportPlanner}.
 */
public final class ExportSession {
  private static final Logger LOG = Logger.getLogger(ExportSession.class);
  private static final int RECORDS_PER_TRANSACTION = 500;
  // What a source tells in one breath goes into one transaction: importers judge together what
  // goes within a tenth of a second, and a transaction alone may take as long.
  private static final Duration BREATH = Duration.ofMillis(20);
  private static final Duration OWN_RECORDS_WAIT = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final MeshId mesh;
  private final SourceReading source;
  private final CatalogKeeper catalog;
  private final PublisherOpening publishers;
  private final WritePermit permit;
  private final ExportPlanner planner;
  private final Confirmations confirmations;
  private final StandingOrders orders;
  private final OwnTopic topic;
  private final WithdrawalGuard guard;
  private final Identity identity;
  private final Duration heartbeatInterval;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Offering offering;
  // Services that are published and no longer offered, until it is known how many go together.
  private final Gathering<ServiceKey> leaving;

  private long beatenAt;
  private String troubleTold = "";
  private Optional<Instant> confirmationSeen = Optional.empty();
  private Optional<SignedOrder> leave = Optional.empty();
  // Services whose records Kafka will never take, as they are now.
  private volatile Map<ServiceKey, String> faults = Map.of();

  /**
   * Who speaks.
   *
   * @param bridge the name of this process
   * @param version the version of this bridge
   */
  public record Identity(String bridge, String version) {}

  /** Opens a publisher on the mesh's topic. */
  @FunctionalInterface
  public interface PublisherOpening {
    /**
     * Shuts out whoever published before.
     *
     * @throws LogUnavailableException if the log is out of reach just now
     */
    MeshPublisher open() throws LogUnavailableException, InterruptedException;
  }

  /** Wires; does nothing yet. */
  public ExportSession(
      MeshDescriptor configured,
      boolean transitAllowed,
      Source source,
      CatalogKeeper catalog,
      PublisherOpening publishers,
      WritePermit permit,
      Guard guard,
      StandingOrders orders,
      Tracing tracing,
      Identity identity,
      Duration heartbeatInterval,
      Clock clock,
      LongSupplier nanoTime) {
    this.mesh = configured.id();
    this.source = new SourceReading(mesh, source, clock, nanoTime);
    this.catalog = catalog;
    this.publishers = publishers;
    this.permit = permit;
    this.planner = new ExportPlanner(new RecordCodec(), transitAllowed);
    this.confirmations = guard.confirmations();
    this.orders = orders;
    this.topic = new OwnTopic(mesh, permit, tracing);
    this.guard = new WithdrawalGuard(mesh, guard.settings());
    this.identity = identity;
    this.heartbeatInterval = heartbeatInterval;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.offering = new Offering(configured);
    this.leaving = new Gathering<>(nanoTime);
  }

  /**
   * Publishes until interrupted.
   *
   * @throws PublisherFencedException if another process has taken over the topic
   */
  public void run() throws InterruptedException, PublisherFencedException {
    var reading = source.start();
    try {
      while (true) {
        try {
          publishUntilTrouble();
        } catch (LogUnavailableException unavailable) {
          tellTrouble(String.valueOf(unavailable.getMessage()));
          listenFor(RETRY);
        } catch (NotLeadingException notNow) {
          // The lease may recover; if it does not, whoever runs us interrupts us.
          listenFor(RETRY);
        }
      }
    } finally {
      reading.end();
    }
  }

  /** The services of this mesh that cannot be exported as they are, each with the reason. */
  public Map<ServiceKey, String> faults() {
    return faults;
  }

  /** How long ago the source last said something of its mesh; empty if it has not yet. */
  public Optional<Duration> sinceHeard() {
    return source.sinceHeard();
  }

  /** Once, however often it is tried. */
  private void tellTrouble(String trouble) {
    if (!trouble.equals(troubleTold)) {
      troubleTold = trouble;
      LOG.warnf("log unavailable, trying on mesh=%s error=%s", mesh, trouble);
    }
  }

  private void publishUntilTrouble()
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    // A process that was stopped for a while must not shut out its successor by opening.
    permit.check();
    try (var publisher = publishers.open()) {
      readOwnTopic(publisher);
      while (true) {
        collect(untilNextTurn());
        if (topic.hasChangedUnderUs(catalog.current().mesh(mesh))) {
          readOwnTopic(publisher);
        }
        publishChanges(publisher);
        if (untilNextBeat().isZero()) {
          publishBeat(publisher);
        }
      }
    }
  }

  /**
   * Waits until the catalog holds all that stands in the topic: a heartbeat of ours comes after it.
   */
  private void readOwnTopic(MeshPublisher publisher)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    var beat = publishBeatAlone(publisher);
    boolean caughtUp = catalog.await(now -> hasRead(now, beat), OWN_RECORDS_WAIT);
    if (!caughtUp) {
      throw new LogUnavailableException(
          "the topic of mesh " + mesh + " was not read back in time",
          new TimeoutException(OWN_RECORDS_WAIT.toString()));
    }
    topic.read(catalog.current().mesh(mesh));
    troubleTold = "";
    leave = Optional.empty();
    offering.compareAll();
    LOG.infof(
        "own topic read mesh=%s keys=%d trusted=%s",
        mesh, topic.fold().digest().keys(), topic.fold().isTrusted());
  }

  private boolean hasRead(Catalog now, Heartbeat beat) {
    var view = now.mesh(mesh);
    return view.isCaughtUp() && view.fold().heartbeat().filter(beat::equals).isPresent();
  }

  /** Takes in what the source has said; waits for it at most so long. */
  private void collect(Duration patience) throws InterruptedException {
    if (offering.hasUnpublished()) {
      source.rest().forEach(offering::observe);
      return;
    }
    var first = source.next(patience);
    if (first.isPresent()) {
      offering.observe(first.get());
      listenFor(BREATH);
      source.rest().forEach(offering::observe);
    }
  }

  /** Takes in what the source says for so long, publishing nothing: it must not have to wait. */
  private void listenFor(Duration time) throws InterruptedException {
    long end = nanoTime.getAsLong() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - nanoTime.getAsLong()) {
      source.next(Duration.ofNanos(left)).ifPresent(offering::observe);
    }
  }

  private void publishChanges(MeshPublisher publisher)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    takeLeave();
    var services = new HashSet<>(offering.takeUnpublished());
    if (offering.takeAbsenceCheck()) {
      topic.fold().known().stream().filter(offering::isAbsent).forEach(services::add);
    }
    topic.sayAnew(services);
    gatherLeaving(services);
    var verdict = judgeLeaving();
    services.addAll(verdict.going());
    boolean done = false;
    try {
      if (offering.isDescribed() || topic.fold().descriptor().isEmpty()) {
        topic.publish(publisher, planner.described(topic.fold(), offering.mesh(), clock.instant()));
      }
      topic.publish(
          publisher,
          offering
              .trusted()
              .map(said -> planner.trusted(topic.fold(), said, clock.instant()))
              .orElse(List.of()));
      for (List<Publication> batch : batches(services)) {
        topic.publish(publisher, batch);
      }
      publishHolds(publisher, verdict);
      done = true;
    } finally {
      if (!done) {
        offering.giveBack(services);
        offering.giveBack(verdict.held());
      }
    }
    faults = currentFaults();
  }

  /** Operators may have let the mesh leave, or take part again. */
  private void takeLeave() {
    var now = orders.leave(mesh);
    if (!now.equals(leave)) {
      leave = now;
      offering.compareAll();
      offering.giveBack(topic.fold().known());
      LOG.infof("mesh %s mesh=%s", leave.isPresent() ? "leaves" : "takes part again", mesh);
    }
  }

  /** Takes out of these what is to go: it is judged together with what goes at the same time. */
  private void gatherLeaving(Set<ServiceKey> services) {
    var confirmed = confirmations.ofWithdrawals(mesh);
    if (!confirmed.equals(confirmationSeen)) {
      confirmationSeen = confirmed;
      topic.fold().holds().keySet().stream().filter(this::isLeaving).forEach(services::add);
    }
    for (ServiceKey service : List.copyOf(services)) {
      if (isLeaving(service)) {
        services.remove(service);
        leaving.add(service);
      } else {
        leaving.remove(service);
      }
    }
  }

  private Verdict judgeLeaving() {
    if (!leaving.untilDue().isZero()) {
      return Verdict.NOTHING;
    }
    var together = leaving.takeAll();
    together.removeIf(service -> !isLeaving(service));
    var verdict = guard.judge(topic.fold(), together, confirmationSeen, clock.instant());
    if (!verdict.held().isEmpty()) {
      LOG.warnf(
          "withdrawals held mesh=%s services=%d reason=%s",
          mesh, verdict.held().size(), verdict.hold().reason());
    }
    return verdict;
  }

  private boolean isLeaving(ServiceKey service) {
    var offer = offering.offer(service).map(Offered::offer);
    return leave.isEmpty()
        && offering.fault(service).isEmpty()
        && (offer.isPresent() || offering.isGone(service))
        && planner.isLeaving(topic.fold(), service, offer);
  }

  private void publishHolds(MeshPublisher publisher, Verdict verdict)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    var records = new ArrayList<Publication>();
    verdict
        .held()
        .forEach(service -> records.addAll(planner.held(topic.fold(), service, verdict.hold())));
    for (int from = 0; from < records.size(); from += RECORDS_PER_TRANSACTION) {
      topic.publish(
          publisher,
          records.subList(from, Math.min(records.size(), from + RECORDS_PER_TRANSACTION)));
    }
  }

  private List<List<Publication>> batches(Set<ServiceKey> services) {
    var batches = new ArrayList<List<Publication>>();
    var batch = new ArrayList<Publication>();
    for (ServiceKey service : services) {
      batch.addAll(changesOf(service));
      if (batch.size() >= RECORDS_PER_TRANSACTION) {
        batches.add(List.copyOf(batch));
        batch.clear();
      }
    }
    batches.add(List.copyOf(batch));
    return batches;
  }

  private List<Publication> changesOf(ServiceKey service) {
    if (leave.isPresent()) {
      // By the order's own time, which confirms it at every importer.
      return planner.withdrawn(topic.fold(), service, leave.get().at());
    }
    var fault = offering.fault(service);
    if (fault.isPresent()) {
      return planner.faulty(topic.fold(), service, fault.get().reason(), fault.get().at());
    }
    return offering
        .offer(service)
        .map(
            offered ->
                planner.offered(topic.fold(), offered.offer(), offered.at(), clock.instant()))
        .orElseGet(() -> planner.withdrawn(topic.fold(), service, goneAt(service)));
  }

  /** A confirmation covers what was held when it was given, at every importer. */
  private Instant goneAt(ServiceKey service) {
    var hold = topic.fold().holds().get(service);
    return hold == null ? offering.goneAt(service) : hold.since();
  }

  private void publishBeat(MeshPublisher publisher)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    var records = new ArrayList<Publication>();
    records.add(planner.beat(heartbeat()));
    if (offering.isLive() && !offering.hasUnpublished() && source.isTaken()) {
      planner.marked(topic.fold(), clock.instant()).ifPresent(records::add);
    }
    topic.publish(publisher, records);
    beatenAt = nanoTime.getAsLong();
  }

  private Heartbeat publishBeatAlone(MeshPublisher publisher)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    var beat = heartbeat();
    topic.publish(publisher, List.of(planner.beat(beat)));
    beatenAt = nanoTime.getAsLong();
    return beat;
  }

  private Heartbeat heartbeat() {
    var state = SourceState.STARTING;
    if (!offering.interruption().isEmpty()) {
      state = SourceState.INTERRUPTED;
    } else if (offering.isComplete()) {
      state = SourceState.LIVE;
    }
    return new Heartbeat(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        identity.bridge(),
        identity.version(),
        state,
        offering.interruption());
  }

  private Duration untilNextTurn() {
    var beat = untilNextBeat();
    var judgement = leaving.untilDue();
    return beat.compareTo(judgement) < 0 ? beat : judgement;
  }

  private Duration untilNextBeat() {
    long left = beatenAt + heartbeatInterval.toNanos() - nanoTime.getAsLong();
    return Duration.ofNanos(Math.max(0, left));
  }

  private Map<ServiceKey, String> currentFaults() {
    var all = new HashMap<>(topic.oversized());
    all.putAll(offering.unreadable());
    return Map.copyOf(all);
  }
}
