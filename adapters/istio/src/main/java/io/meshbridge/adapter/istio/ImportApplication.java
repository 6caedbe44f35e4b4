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
 * DestinationRule, then the VirtualService, whose routes lead to the subsets of both; they go in
 * the other order.
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

  ApplyOutcome apply(Import desired, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    var host = Set.of(desired.name());
    want(service, host, shape);
    return switch (entries.bring(service, host, shape.key(), shape.entry(), permit)) {
      case Standing.Good good -> applyPolicy(desired, shape, good.written(), permit);
      case Standing.Held held -> yieldTo(held, desired, permit);
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
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
    var service = desired.service();
    // Both are looked at before either is written, or one would come and go for the other's sake.
    var held = holderOfPolicy(desired, shape);
    if (held.isPresent()) {
      return withoutPolicy(held.orElseThrow(), desired, shape, entryWritten, permit);
    }
    var rule = bring(rules, desired, shape.rule(), shape.key(), permit);
    var obstacle = obstacleIn(rule);
    if (obstacle.isPresent()) {
      return withoutPolicy(obstacle.orElseThrow(), desired, shape, entryWritten, permit);
    }
    var route = bring(routes, desired, shape.route(), shape.key(), permit);
    obstacle = obstacleIn(route);
    if (obstacle.isPresent()) {
      return withoutPolicy(obstacle.orElseThrow(), desired, shape, entryWritten, permit);
    }
    boolean written = entryWritten || wrote(rule) || wrote(route);
    // What an older configuration, or a copy of our own manifest, left under another name.
    written |= routes.removeAllBut(kept(shape.route(), shape.key()), service, permit);
    written |= rules.removeAllBut(kept(shape.rule(), shape.key()), service, permit);
    written |= entries.removeAllBut(Set.of(shape.key()), service, permit);
    return new ApplyOutcome.Applied(desired.name(), written, shape.callable(), shape.losses());
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
    boolean removed = removePolicy(service, permit);
    removed |= gateways.removeAll(service, permit);
    return entries.removeAll(service, permit) || removed;
  }

  private boolean removePolicy(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = routes.removeAll(service, permit);
    return rules.removeAll(service, permit) || removed;
  }
}
