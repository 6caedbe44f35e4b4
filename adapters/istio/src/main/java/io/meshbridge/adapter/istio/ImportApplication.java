package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Standing;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Brings the objects of one import to what they should be: the ServiceEntry, then the
 * DestinationRule, then the VirtualService, whose routes lead to the subsets of both. A policy that
 * keeps requests away comes before the ServiceEntry, and whatever goes, the ServiceEntry goes
 * first: nobody can call a service before or after its policy guards it.
 *
 * <p>Where somebody else routes the host already, his rules count, and ours are not written.
 */
final class ImportApplication {
  private static final Logger LOG = Logger.getLogger(ImportApplication.class);

  private final ImportObjects entries;
  private final ImportObjects rules;
  private final ImportObjects routes;
  private final ImportObjects gateways;

  /** Applies to objects of all four kinds. */
  ImportApplication(
      ImportObjects entries, ImportObjects rules, ImportObjects routes, ImportObjects gateways) {
    this.gateways = gateways;
    this.entries = entries;
    this.rules = rules;
    this.routes = routes;
  }

  /** What is ours, by service. */
  Map<ServiceKey, Ownership> owned() {
    var owned = new TreeMap<>(routes.owned());
    owned.putAll(rules.owned());
    owned.putAll(entries.owned());
    owned.putAll(gateways.owned());
    return owned;
  }

  boolean holds(ServiceKey service) {
    return entries.holds(service)
        || rules.holds(service)
        || routes.holds(service)
        || gateways.holds(service);
  }

  ApplyOutcome apply(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var host = Set.of(desired.name());
    want(desired.service(), host, shape);
    if (!shape.forbids()) {
      return applyOpen(desired, shape, permit);
    }
    // Not even for a moment may our routes be for a host that is somebody else's.
    var holder = entries.holder(desired.service(), host, shape.key());
    return holder.isPresent()
        ? yieldTo(new Standing.Held(holder.orElseThrow()), desired, permit)
        : applyGuarded(desired, shape, permit);
  }

  private ApplyOutcome applyGuarded(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var policy = bringPolicy(desired, shape, permit);
    if (policy.obstacle().isPresent()) {
      return withoutPolicy(policy.obstacle().orElseThrow(), desired, shape, false, permit);
    }
    return switch (bringEntry(desired, shape, permit)) {
      case Standing.Good good -> finish(desired, shape, good.written() || policy.written(), permit);
      case Standing obstacle -> withoutEntry(obstacle, desired, permit);
    };
  }

  private ApplyOutcome applyOpen(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (bringEntry(desired, shape, permit)) {
      case Standing.Good good -> applyPolicy(desired, shape, good.written(), permit);
      case Standing obstacle -> withoutEntry(obstacle, desired, permit);
    };
  }

  private Standing bringEntry(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return entries.bring(
        desired.service(), Set.of(desired.name()), shape.key(), shape.entry(), permit);
  }

  private ApplyOutcome withoutEntry(Standing obstacle, Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (obstacle) {
      case Standing.Held held -> yieldTo(held, desired, permit);
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
      case Standing.Good ignored -> throw new IllegalStateException("nothing stands in the way");
    };
  }

  /** A Gateway, then the VirtualService that is bound to it: what comes in early finds nothing. */
  ApplyOutcome apply(Import desired, Shape.Gateway shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    gateways.want(service, Set.of(), Set.of(shape.key()));
    routes.want(service, Set.of(), Set.of(shape.key()));
    return switch (gateways.bring(service, Set.of(), shape.key(), shape.gateway(), permit)) {
      case Standing.Good good -> applyRoute(desired, shape, good.written(), permit);
      case Standing.Held held -> yieldTo(held, desired, permit);
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
    };
  }

  private ApplyOutcome applyRoute(
      Import desired, Shape.Gateway shape, boolean gatewayWritten, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    if (shape.route().isEmpty()) {
      boolean removed = routes.removeAll(service, permit);
      return new ApplyOutcome.Applied(
          desired.name(), gatewayWritten || removed, true, shape.losses());
    }
    return switch (routes.bring(
        service, Set.of(), shape.key(), shape.route().orElseThrow(), permit)) {
      case Standing.Good good ->
          new ApplyOutcome.Applied(
              desired.name(), gatewayWritten || good.written(), true, shape.losses());
      case Standing.Held held -> yieldTo(held, desired, permit);
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
    };
  }

  /** Removes all that stands for a service, and says whether there was anything. */
  boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    entries.unwant(service);
    rules.unwant(service);
    routes.unwant(service);
    gateways.unwant(service);
    return removeAll(service, permit);
  }

  private void want(ServiceKey service, Set<String> host, Shape.Objects shape) {
    entries.want(service, host, Set.of(shape.key()));
    want(rules, service, host, shape.rule(), shape.key());
    want(routes, service, host, shape.route(), shape.key());
  }

  private static void want(
      ImportObjects objects,
      ServiceKey service,
      Set<String> host,
      Optional<Map<String, Object>> manifest,
      ResourceKey key) {
    if (manifest.isPresent()) {
      objects.want(service, host, Set.of(key));
    } else {
      objects.unwant(service);
    }
  }

  private ApplyOutcome applyPolicy(
      Import desired, Shape.Objects shape, boolean entryWritten, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var policy = bringPolicy(desired, shape, permit);
    return policy.obstacle().isPresent()
        ? withoutPolicy(policy.obstacle().orElseThrow(), desired, shape, entryWritten, permit)
        : finish(desired, shape, entryWritten || policy.written(), permit);
  }

  /**
   * What became of the policy.
   *
   * @param obstacle what keeps it from standing whole
   */
  private record Policy(boolean written, Optional<Standing> obstacle) {
    static Policy hindered(Optional<Standing> obstacle) {
      return new Policy(false, obstacle);
    }
  }

  private Policy bringPolicy(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    // Both are looked at before either is written, or one would come and go for the other's sake.
    var held = holderOfPolicy(desired, shape);
    if (held.isPresent()) {
      return Policy.hindered(held);
    }
    var rule = bring(rules, desired, shape.rule(), shape.key(), permit);
    if (obstacleIn(rule).isPresent()) {
      return Policy.hindered(obstacleIn(rule));
    }
    var route = bring(routes, desired, shape.route(), shape.key(), permit);
    return new Policy(wrote(rule) || wrote(route), obstacleIn(route));
  }

  /** Clears away what an older configuration, or a copy of our manifest, left under other names. */
  private ApplyOutcome finish(
      Import desired, Shape.Objects shape, boolean written, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    boolean removed = entries.removeAllBut(Set.of(shape.key()), service, permit);
    removed |= routes.removeAllBut(kept(shape.route(), shape.key()), service, permit);
    removed |= rules.removeAllBut(kept(shape.rule(), shape.key()), service, permit);
    return new ApplyOutcome.Applied(
        desired.name(), written || removed, shape.callable(), shape.losses());
  }

  private Optional<Standing> holderOfPolicy(Import desired, Shape.Objects shape)
      throws MeshUnavailableException, InterruptedException {
    var host = Set.of(desired.name());
    Optional<String> holder = Optional.empty();
    if (shape.route().isPresent()) {
      holder = routes.holder(desired.service(), host, shape.key());
    }
    if (holder.isEmpty() && shape.rule().isPresent()) {
      holder = rules.holder(desired.service(), host, shape.key());
    }
    return holder.map(Standing.Held::new);
  }

  private static Optional<Standing> obstacleIn(Optional<Standing> standing) {
    return standing.filter(found -> !(found instanceof Standing.Good));
  }

  private static Optional<Standing> bring(
      ImportObjects objects,
      Import desired,
      Optional<Map<String, Object>> manifest,
      ResourceKey key,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return manifest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            objects.bring(
                desired.service(), Set.of(desired.name()), key, manifest.orElseThrow(), permit));
  }

  private static boolean wrote(Optional<Standing> standing) {
    return standing.filter(s -> s instanceof Standing.Good good && good.written()).isPresent();
  }

  private static Set<ResourceKey> kept(Optional<Map<String, Object>> manifest, ResourceKey key) {
    return manifest.isPresent() ? Set.of(key) : Set.of();
  }

  /** The policy cannot stand: the service does without, unless that would open what is closed. */
  private ApplyOutcome withoutPolicy(
      Standing obstacle,
      Import desired,
      Shape.Objects shape,
      boolean entryWritten,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (obstacle) {
      case Standing.Held held when shape.forbids() -> yieldTo(held, desired, permit);
      case Standing.Held held -> {
        var service = desired.service();
        boolean removed = removePolicy(service, permit);
        removed |= entries.removeAllBut(Set.of(shape.key()), service, permit);
        yield new ApplyOutcome.Applied(
            desired.name(),
            entryWritten || removed,
            shape.callable(),
            shape.losing(lossTo(held, desired)).losses());
      }
      case Standing.Homeless homeless -> rejected(homeless.reason(), desired, shape, permit);
      case Standing.Denied denied -> rejected(denied.reason(), desired, shape, permit);
      case Standing.Good ignored -> throw new IllegalStateException("nothing stands in the way");
    };
  }

  private ApplyOutcome rejected(
      String reason, Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (shape.forbids()) {
      removeAll(desired.service(), permit);
    }
    return new ApplyOutcome.Rejected(reason);
  }

  private static Loss lossTo(Standing.Held held, Import desired) {
    return new Loss(
        Location.of("Export " + desired.service()),
        TrafficPolicy.FIELD,
        Loss.Outcome.DROPPED,
        held.holder() + " is for " + desired.name() + " already, so that it counts, and not this",
        "remove it, and the policy of the service's owner is written");
  }

  private ApplyOutcome yieldTo(Standing.Held held, Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (removeAll(desired.service(), permit)) {
      LOG.infof(
          "yielded a host import=%s host=%s holder=%s",
          desired.service(), desired.name(), held.holder());
    }
    return new ApplyOutcome.Conflict(desired.name(), held.holder());
  }

  private boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = gateways.removeAll(service, permit);
    removed |= entries.removeAll(service, permit);
    return removePolicy(service, permit) || removed;
  }

  private boolean removePolicy(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = routes.removeAll(service, permit);
    return rules.removeAll(service, permit) || removed;
  }
}
