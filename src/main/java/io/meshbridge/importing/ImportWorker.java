package io.meshbridge.importing;

import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.Placement;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.tracing.ImportTracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Carries out one decision in the target, and tells what became of it. */
final class ImportWorker {
  private static final Logger LOG = Logger.getLogger(ImportWorker.class);

  private final MeshId target;
  private final Sink sink;
  private final WritePermit permit;
  private final StatusBoard board;
  private final ImportMetrics metrics;
  private final ImportTracing tracing;
  private final Clock clock;
  private final Instant startedAt;
  // The newest observation of each service that was applied here, so that a repair or a second look
  // at an old change is not taken for a slow propagation.
  private final Map<ServiceKey, Instant> appliedObservation = new ConcurrentHashMap<>();
  // Whether what stands was written with endpoints that take traffic.
  private final Map<ServiceKey, Boolean> serving = new ConcurrentHashMap<>();
  private final AppliedNames names = new AppliedNames();

  ImportWorker(
      MeshId target,
      Sink sink,
      WritePermit permit,
      StatusBoard board,
      ImportMetrics metrics,
      ImportTracing tracing,
      Clock clock) {
    this.target = target;
    this.sink = sink;
    this.permit = permit;
    this.board = board;
    this.metrics = metrics;
    this.tracing = tracing;
    this.clock = clock;
    this.startedAt = clock.instant();
    for (ImportStatus known : board.imports(target)) {
      if (!known.name().isEmpty()) {
        names.put(known.name(), known.service());
      }
    }
  }

  /** Which import of ours stands under a name. */
  Optional<ServiceKey> holderOf(String name) {
    return names.holder(name);
  }

  /**
   * Brings the target to the decision.
   *
   * @return whether anything of the import was written or removed
   * @throws MeshUnavailableException if the target cannot be reached; nothing is known then of what
   *     it holds
   */
  boolean carryOut(ServiceKey service, Decision decision)
      throws MeshUnavailableException, InterruptedException {
    return switch (decision) {
      case Decision.Apply apply -> apply(apply);
      case Decision.Remove(var cause, boolean ignored) -> remove(service, cause);
      case Decision.Refuse(var loss, boolean ignored) -> refuse(service, List.of(loss));
      case Decision.Keep(var reason) -> {
        keep(service, reason);
        yield false;
      }
    };
  }

  /** Whether the import stands in the target, as last written with endpoints that take traffic. */
  boolean isServing(ServiceKey service) throws MeshUnavailableException {
    return isStanding(service)
        && serving.computeIfAbsent(
            service,
            // Written by whoever spoke for the target before: what was told of it must do.
            unknown ->
                board
                    .find(target, service)
                    .filter(status -> status.state() != ImportState.DEGRADED)
                    .isPresent());
  }

  /** Whether anything of the import stands in the target. */
  boolean isStanding(ServiceKey service) throws MeshUnavailableException {
    return sink.holds(service);
  }

  /** The imports of an origin that stand in the target. */
  Set<ServiceKey> standing(MeshId origin) throws MeshUnavailableException {
    return sink.owned().keySet().stream()
        .filter(key -> key.mesh().equals(origin))
        .collect(Collectors.toSet());
  }

  /** The guard keeps the import as it stands. */
  void hold(ServiceKey service, String reason) {
    worked(service, "held");
    tell(service, nameNow(service), ImportState.HELD, reason, List.of());
  }

  /** An operator wants the import to stay as it stands. */
  void pause(ServiceKey service, SignedOrder order) {
    worked(service, "paused");
    var reason = "paused by %s: %s".formatted(order.by(), order.why());
    tell(service, nameNow(service), ImportState.PAUSED, reason, List.of());
  }

  /** The import has changed too often: its next change waits. */
  void damp(ServiceKey service, Duration wait, boolean isFirst) {
    worked(service, "damped");
    if (isFirst) {
      LOG.warnf(
          "import changes too often target=%s service=%s next_change_ms=%d",
          target, service, wait.toMillis());
    }
  }

  /**
   * A write was due in a target that is only observed.
   *
   * @param losses what the target could not have been told
   */
  void observe(ServiceKey service, Decision decision, List<Loss> losses) {
    worked(service, "observed");
    switch (decision) {
      case Decision.Apply apply -> {
        var desired = apply.service();
        // Names change hands as if it had been written.
        names.put(desired.name(), service);
        tell(
            service,
            desired.name(),
            ImportState.OBSERVED,
            "would be written",
            apply.placements(),
            joined(apply.losses(), told(desired, losses)),
            latencyNow(service));
      }
      case Decision.Remove(var cause, boolean ignored) -> observeRemoval(service, cause, List.of());
      case Decision.Refuse(var loss, boolean ignored) ->
          observeRemoval(service, reasonOf(List.of(loss)), List.of(loss));
      case Decision.Keep ignored -> throw new IllegalStateException("what is kept is not written");
    }
  }

  private void observeRemoval(ServiceKey service, String cause, List<Loss> losses) {
    forgetWritten(service);
    tell(service, nameNow(service), ImportState.OBSERVED, "would be removed: " + cause, losses);
  }

  /** Frees the name of an import whose name another one waits for; it will be written anew. */
  void stepAside(ServiceKey service) throws MeshUnavailableException, InterruptedException {
    sink.remove(service, permit);
    names.remove(service);
    LOG.infof("import gave up its name target=%s service=%s", target, service);
  }

  /** A write was stopped by the lease: it is for whoever speaks for the target. */
  void yieldToLeader() {
    metrics.fenced(target);
  }

  /** The target could not be reached: what should be there is not there yet. */
  void postpone(ServiceKey service, Decision decision, String reason) {
    worked(service, "retried");
    if (!(decision instanceof Decision.Keep) && !(decision instanceof Decision.Remove)) {
      tell(service, nameNow(service), ImportState.PENDING, reason, List.of());
    }
  }

  private boolean apply(Decision.Apply decision)
      throws MeshUnavailableException, InterruptedException {
    var desired = decision.service();
    return switch (sink.apply(desired, permit)) {
      case ApplyOutcome.Applied(var name, boolean written, boolean callable, var losses) -> {
        worked(desired.service(), written ? "written" : "unchanged");
        names.put(desired.name(), desired.service());
        serving.put(desired.service(), decision.serves());
        long latencyMs = latencyOf(decision, written);
        tell(decision, name, callable, latencyMs, joined(decision.losses(), told(desired, losses)));
        yield written;
      }
      case ApplyOutcome.Conflict(var name, var holder) -> {
        worked(desired.service(), "conflict");
        // Nothing of ours stands there now: whoever wants its former name need not wait.
        forgetWritten(desired.service());
        tell(desired.service(), name, ImportState.CONFLICT, "held by " + holder, decision.losses());
        yield false;
      }
      case ApplyOutcome.Refused(var losses) -> {
        worked(desired.service(), "refused");
        forgetWritten(desired.service());
        var told = told(desired, losses);
        tell(desired.service(), "", ImportState.REFUSED, reasonOf(told), told);
        yield false;
      }
      case ApplyOutcome.Rejected(var reason) -> {
        worked(desired.service(), "rejected");
        tell(desired.service(), desired.name(), ImportState.REFUSED, reason, decision.losses());
        yield false;
      }
    };
  }

  private boolean remove(ServiceKey service, String cause)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = sink.remove(service, permit);
    if (removed) {
      worked(service, "removed");
      LOG.infof("import removed target=%s service=%s cause=%s", target, service, cause);
    }
    appliedObservation.remove(service);
    forgetWritten(service);
    board.forget(target, service);
    return removed;
  }

  private boolean refuse(ServiceKey service, List<Loss> losses)
      throws MeshUnavailableException, InterruptedException {
    // Rule 9: what has become unsafe is taken away, not left as it was.
    boolean removed = sink.remove(service, permit);
    forgetWritten(service);
    worked(service, "refused");
    tell(service, "", ImportState.REFUSED, reasonOf(losses), losses);
    return removed;
  }

  private void worked(ServiceKey service, String outcome) {
    metrics.worked(target, outcome);
    tracing.worked(service, outcome);
  }

  private void forgetWritten(ServiceKey service) {
    names.remove(service);
    serving.remove(service);
  }

  private void keep(ServiceKey service, String reason) throws MeshUnavailableException {
    worked(service, "kept");
    if (isStanding(service)) {
      tell(service, nameNow(service), ImportState.STALE, reason, List.of());
    } else if (board.find(target, service).isPresent()) {
      tell(service, "", ImportState.PENDING, reason, List.of());
    }
  }

  private void tell(
      Decision.Apply decision, String name, boolean callable, long latencyMs, List<Loss> losses) {
    var service = decision.service().service();
    var reason = degradedReason(decision.service(), callable, losses);
    var state = reason.isEmpty() ? ImportState.APPLIED : ImportState.DEGRADED;
    var placements = decision.placements();
    if (decision.staleReason().isEmpty()) {
      tell(service, name, state, reason, placements, losses, latencyMs);
    } else {
      tell(service, name, ImportState.STALE, decision.staleReason(), placements, losses, latencyMs);
    }
  }

  /** Why no request can be answered; empty if some can. */
  private static String degradedReason(Import desired, boolean callable, List<Loss> losses) {
    if (desired.export().ingress().isPresent()) {
      // Nobody calls a gateway by its endpoints; whether its backends answer is told of them.
      return "";
    }
    var endpoints = desired.endpoints();
    var leftOut = losses.stream().filter(loss -> loss.path().startsWith("endpoints[")).toList();
    if (endpoints.size() == 0 && !leftOut.isEmpty()) {
      return "all of its %d endpoints are left out: %s"
          .formatted(leftOut.size(), leftOut.getFirst().reason());
    }
    if (endpoints.endpoints().stream().noneMatch(e -> e.health().takesTraffic())) {
      return "none of its " + endpoints.size() + " endpoints is " + Health.READY;
    }
    return callable
        ? ""
        : "none of its " + endpoints.size() + " endpoints can be said in the target";
  }

  /** Whoever writes knows the model; the owner knows the fields that it was read from. */
  private static List<Loss> told(Import desired, List<Loss> losses) {
    return desired.export().inOwnersWords(losses);
  }

  private void tell(
      ServiceKey service, String name, ImportState state, String reason, List<Loss> losses) {
    tell(service, name, state, reason, List.of(), losses, latencyNow(service));
  }

  private void tell(
      ServiceKey service,
      String name,
      ImportState state,
      String reason,
      List<Placement> placements,
      List<Loss> losses,
      long latencyMs) {
    var before = board.find(target, service);
    boolean isSameState = before.filter(status -> status.state() == state).isPresent();
    var since = isSameState ? before.get().since() : clock.instant();
    board.tell(
        new ImportStatus(
            target, service, name, state, since, latencyMs, reason, placements, losses));
    if (!isSameState) {
      LOG.infof(
          "import changed state target=%s service=%s name=%s state=%s reason=%s",
          target, service, name, state.word(), reason);
    }
  }

  /** Milliseconds from observation to now if this write brought something new, else as before. */
  private long latencyOf(Decision.Apply decision, boolean written) {
    var service = decision.service().service();
    var observedAt = decision.observedAt();
    var newest = appliedObservation.put(service, observedAt);
    boolean isNews = newest == null ? observedAt.isAfter(startedAt) : observedAt.isAfter(newest);
    if (!written || !isNews) {
      return latencyNow(service);
    }
    var latency = Duration.between(observedAt, clock.instant());
    metrics.propagated(service.mesh(), target, latency.isNegative() ? Duration.ZERO : latency);
    return latency.toMillis();
  }

  private long latencyNow(ServiceKey service) {
    return board.find(target, service).map(ImportStatus::latencyMs).orElse(-1L);
  }

  private String nameNow(ServiceKey service) {
    return board.find(target, service).map(ImportStatus::name).orElse("");
  }

  private static String reasonOf(List<Loss> losses) {
    return String.join(
        "; ",
        losses.stream()
            .filter(loss -> loss.outcome() == Loss.Outcome.REFUSED)
            .map(loss -> loss.path() + ": " + loss.reason())
            .toList());
  }

  private static List<Loss> joined(List<Loss> some, List<Loss> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
