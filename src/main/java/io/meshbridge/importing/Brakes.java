package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.concurrent.KeyedQueue;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What keeps a decision from being carried out at once: an operator's pause, the guard against mass
 * deletion, and damping. What is unsafe is kept by none of them.
 */
final class Brakes {
  private final MeshId target;
  private final ImportWorker worker;
  private final KeyedQueue<ServiceKey> queue;
  private final Supplier<Catalog> catalog;
  private final RemovalGuard guard;
  private final StandingOrders orders;
  private final FlapBook flaps;
  private final RemovalGuard.Count counts = new Counts();

  Brakes(
      MeshId target,
      ImportWorker worker,
      KeyedQueue<ServiceKey> queue,
      Supplier<Catalog> catalog,
      RemovalGuard guard,
      StandingOrders orders,
      FlapBook flaps) {
    this.target = target;
    this.worker = worker;
    this.queue = queue;
    this.catalog = catalog;
    this.guard = guard;
    this.orders = orders;
    this.flaps = flaps;
  }

  /** What was said of imports before this process began to speak for the target. */
  void remember(Collection<ImportStatus> before) {
    for (ImportStatus known : before) {
      if (known.state() == ImportState.HELD) {
        guard.remember(known.service(), known.since(), known.reason());
      }
    }
  }

  /** The import has changed in its target. */
  void changed(ServiceKey service) {
    flaps.changed(service);
  }

  /**
   * Whether the import stays as it stands for now; it is told, and queued again where time helps.
   */
  boolean hold(ServiceKey service, Decision decision) throws MeshUnavailableException {
    return isPaused(service, decision) || isGuarded(service, decision);
  }

  /** Whether the import has changed so often that this change has to wait; it is queued then. */
  boolean damp(ServiceKey service, Decision decision) {
    var wait = flaps.untilNext(service);
    boolean writes = !(decision instanceof Decision.Keep);
    if (wait.isZero() || decision.isUrgent() || !writes) {
      return false;
    }
    worker.damp(service, wait, flaps.beginsToWait(service));
    queue.addLater(service, wait);
    return true;
  }

  private boolean isPaused(ServiceKey service, Decision decision) throws MeshUnavailableException {
    var order = orders.pause(target, service);
    if (order.isEmpty() || isAbovePauses(decision)) {
      return false;
    }
    boolean isNothing = decision instanceof Decision.Remove && !worker.isStanding(service);
    if (isNothing) {
      return false;
    }
    worker.pause(service, order.get());
    return true;
  }

  /** What is unsafe stays for nobody's sake (rule 9); leaving is an order of the whole mesh. */
  private boolean isAbovePauses(Decision decision) {
    return (decision instanceof Decision.Refuse refuse && refuse.unsafe())
        || orders.leave(target).isPresent();
  }

  /** Whether the guard keeps the import, or has not judged it yet. */
  private boolean isGuarded(ServiceKey service, Decision decision) throws MeshUnavailableException {
    return switch (judge(service, decision)) {
      case RemovalGuard.Verdict.Goes ignored -> false;
      case RemovalGuard.Verdict.Waits(var time) -> {
        queue.addLater(service, time);
        yield true;
      }
      case RemovalGuard.Verdict.Held(var reason) -> {
        worker.hold(service, reason);
        yield true;
      }
    };
  }

  private RemovalGuard.Verdict judge(ServiceKey service, Decision decision)
      throws MeshUnavailableException {
    if (decision.isUrgent()) {
      // It goes whatever the number.
      return guard.stays(service);
    }
    return switch (decision) {
      case Decision.Keep ignored -> guard.stands(service);
      case Decision.Apply apply when apply.serves() -> guard.stays(service);
      case Decision.Apply ignored ->
          worker.isServing(service) ? guard.judge(service, counts) : guard.stands(service);
      case Decision.Refuse ignored -> judgeIfItStands(service);
      case Decision.Remove ignored -> judgeIfItStands(service);
    };
  }

  private RemovalGuard.Verdict judgeIfItStands(ServiceKey service) throws MeshUnavailableException {
    return worker.isStanding(service) ? guard.judge(service, counts) : guard.stays(service);
  }

  /** Counts what stands, and what the log says of what went. */
  private final class Counts implements RemovalGuard.Count {
    @Override
    public Set<ServiceKey> standing(MeshId origin) throws MeshUnavailableException {
      return worker.standing(origin);
    }

    @Override
    public Set<ServiceKey> withdrawnBetween(MeshId origin, Instant begin, Instant end) {
      return begin.isBefore(end)
          ? catalog.get().mesh(origin).fold().withdrawnBetween(begin, end)
          : Set.of();
    }

    @Override
    public Optional<Instant> withdrawnAt(ServiceKey service) {
      return catalog.get().mesh(service.mesh()).fold().withdrawnAt(service);
    }
  }
}
