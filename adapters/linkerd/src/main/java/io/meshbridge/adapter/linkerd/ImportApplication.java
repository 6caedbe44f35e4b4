package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Standing;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings the objects of one import to what they should be: the Services with their slices, then the
 * routes that lead to them; then what is too many goes, routes first. So no endpoint is missing on
 * the way, and no route leads nowhere. Routes that keep requests away come before the Services, and
 * if all goes, the Services go first: nobody can call a service before or after it is guarded.
 */
final class ImportApplication {
  private static final Logger LOG = Logger.getLogger(ImportApplication.class);

  private final ImportObjects services;
  private final ImportObjects slices;
  private final ImportRoutes routes;
  private final Recheck recheck;

  /**
   * Applies to objects of all kinds.
   *
   * @param recheck told of imports that a slice out of sight stands in the way of
   */
  ImportApplication(
      ImportObjects services, ImportObjects slices, ImportRoutes routes, Recheck recheck) {
    this.services = services;
    this.slices = slices;
    this.routes = routes;
    this.recheck = recheck;
  }

  ApplyOutcome apply(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    services.want(service, Set.of(), serviceKeys(shape));
    slices.want(service, Set.of(), sliceKeys(shape));
    routes.want(service, shape);
    recheck.remove(service);
    return shape.guarded()
        ? applyGuarded(service, shape, permit)
        : applyOpen(service, shape, permit);
  }

  private ApplyOutcome applyGuarded(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var obstacle = routes.obstacle(service, shape);
    if (obstacle.isPresent()) {
      return unguarded(service, obstacle.orElseThrow(), permit);
    }
    for (Shape.Part part : shape.parts()) {
      // Not even for a moment may our routes be attached to a Service that is somebody else's.
      var holder = services.holder(service, Set.of(), part.service().key());
      if (holder.isPresent()) {
        return yieldTo(new Standing.Held(holder.orElseThrow()), service, shape, permit);
      }
    }
    return switch (routes.bring(service, shape, permit)) {
      case ImportRoutes.Outcome.Lost lost -> unguarded(service, lost.reason(), permit);
      case ImportRoutes.Outcome.Standing standing -> {
        var parts = bringParts(service, shape, permit);
        boolean written = standing.written() || parts.written();
        yield parts.stopped().isPresent()
            ? parts.stopped().orElseThrow()
            : finish(service, shape, written, shape.losses(), permit);
      }
    };
  }

  private ApplyOutcome applyOpen(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var obstacle = routes.obstacle(service, shape);
    var parts = bringParts(service, shape, permit);
    if (parts.stopped().isPresent()) {
      return parts.stopped().orElseThrow();
    }
    var routed =
        obstacle.isPresent()
            ? new ImportRoutes.Outcome.Lost(obstacle.orElseThrow())
            : routes.bring(service, shape, permit);
    return switch (routed) {
      case ImportRoutes.Outcome.Standing standing -> {
        boolean written = parts.written() || standing.written();
        yield finish(service, shape, written, shape.losses(), permit);
      }
      case ImportRoutes.Outcome.Lost lost -> {
        boolean written = routes.removeAll(service, permit) || parts.written();
        var losses = lossesWithout(service, shape, lost.reason());
        yield finish(service, shape, written, losses, permit);
      }
    };
  }

  private ApplyOutcome finish(
      ServiceKey service,
      Shape.Objects shape,
      boolean written,
      List<Loss> losses,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = routes.removeSurplus(service, shape, permit);
    removed |= removeSurplus(service, serviceKeys(shape), sliceKeys(shape), permit);
    return new ApplyOutcome.Applied(shape.name(), written || removed, shape.callable(), losses);
  }

  /** Removes all that stands for a service, and says whether there was anything. */
  boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    services.unwant(service);
    slices.unwant(service);
    routes.unwant(service);
    recheck.remove(service);
    return removeAll(service, permit);
  }

  /**
   * What became of a Service with its slices.
   *
   * @param stopped what the whole import came to, if it went no further
   */
  private record Brought(boolean written, Optional<ApplyOutcome> stopped) {
    static Brought stop(ApplyOutcome outcome) {
      return new Brought(false, Optional.of(outcome));
    }
  }

  private Brought bringParts(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean written = false;
    for (Shape.Part part : shape.parts()) {
      var brought = bring(service, shape, part, permit);
      if (brought.stopped().isPresent()) {
        return brought;
      }
      written |= brought.written();
    }
    return new Brought(written, Optional.empty());
  }

  private Brought bring(
      ServiceKey service, Shape.Objects shape, Shape.Part part, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (bring(services, service, part.service(), permit)) {
      case Standing.Good good -> {
        boolean written = good.written();
        for (Shape.Item slice : part.slices()) {
          var standing = bring(slices, service, ownedBy(good.object(), slice), permit);
          var obstacle = obstacleOf(standing, service, shape, permit);
          if (obstacle.isPresent()) {
            yield new Brought(written, obstacle);
          }
          written |= standing instanceof Standing.Good slicesGood && slicesGood.written();
        }
        yield new Brought(written, Optional.empty());
      }
      case Standing.Held held -> Brought.stop(yieldTo(held, service, shape, permit));
      case Standing.Homeless homeless -> Brought.stop(new ApplyOutcome.Rejected(homeless.reason()));
      case Standing.Denied denied -> Brought.stop(new ApplyOutcome.Rejected(denied.reason()));
    };
  }

  /** A service whose policy keeps requests away is not there without its routes. */
  private ApplyOutcome unguarded(ServiceKey service, String reason, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    removeAll(service, permit);
    return new ApplyOutcome.Rejected(
        "the policy keeps some requests away, and its routes cannot be written: " + reason);
  }

  private static List<Loss> lossesWithout(ServiceKey service, Shape.Objects shape, String reason) {
    var losses = new ArrayList<>(shape.losses());
    var location = Location.of("Export " + service);
    shape
        .routed()
        .forEach(
            field ->
                losses.add(
                    new Loss(
                        location,
                        field,
                        Loss.Outcome.DROPPED,
                        "the routes that say it cannot be written: " + reason,
                        "")));
    return losses;
  }

  private static Set<ResourceKey> serviceKeys(Shape.Objects shape) {
    return keysOf(shape.parts().stream().map(Shape.Part::service));
  }

  private static Set<ResourceKey> sliceKeys(Shape.Objects shape) {
    return keysOf(shape.parts().stream().flatMap(part -> part.slices().stream()));
  }

  private static Set<ResourceKey> keysOf(Stream<Shape.Item> items) {
    return items.map(Shape.Item::key).collect(Collectors.toUnmodifiableSet());
  }

  private static Standing bring(
      ImportObjects objects, ServiceKey service, Shape.Item item, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return objects.bring(service, Set.of(), item.key(), item.manifest(), permit);
  }

  private static Shape.Item ownedBy(KubeObject owner, Shape.Item slice) {
    return new Shape.Item(slice.key(), Manifests.ownedBy(owner, slice.manifest()));
  }

  private Optional<ApplyOutcome> obstacleOf(
      Standing standing, ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (standing) {
      case Standing.Good ignored -> Optional.empty();
      case Standing.Held held -> {
        recheck.add(service);
        yield Optional.of(yieldTo(held, service, shape, permit));
      }
      case Standing.Homeless homeless -> Optional.of(new ApplyOutcome.Rejected(homeless.reason()));
      case Standing.Denied denied -> Optional.of(new ApplyOutcome.Rejected(denied.reason()));
    };
  }

  private ApplyOutcome yieldTo(
      Standing.Held held, ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (removeAll(service, permit)) {
      LOG.infof("yielded a name import=%s name=%s holder=%s", service, shape.name(), held.holder());
    }
    return new ApplyOutcome.Conflict(shape.name(), held.holder());
  }

  /** What an older state, or an older configuration, left. */
  private boolean removeSurplus(
      ServiceKey service, Set<ResourceKey> kept, Set<ResourceKey> keptSlices, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = slices.removeAllBut(keptSlices, service, permit);
    return services.removeAllBut(kept, service, permit) || removed;
  }

  private boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = slices.removeAll(service, permit);
    removed |= services.removeAll(service, permit);
    return routes.removeAll(service, permit) || removed;
  }
}
