package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Standing;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings the objects of one import to what they should be: the Service, then new and changed
 * slices, then those that are too many go. So no endpoint is missing on the way.
 */
final class ImportApplication {
  private static final Logger LOG = Logger.getLogger(ImportApplication.class);

  private final ImportObjects services;
  private final ImportObjects slices;
  private final Recheck recheck;

  /**
   * Applies to objects of both kinds.
   *
   * @param recheck told of imports that a slice out of sight stands in the way of
   */
  ImportApplication(ImportObjects services, ImportObjects slices, Recheck recheck) {
    this.services = services;
    this.slices = slices;
    this.recheck = recheck;
  }

  ApplyOutcome apply(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var serviceKey = shape.service().key();
    var sliceKeys =
        shape.slices().stream().map(Shape.Item::key).collect(Collectors.toUnmodifiableSet());
    services.want(service, Set.of(), Set.of(serviceKey));
    slices.want(service, Set.of(), sliceKeys);
    recheck.remove(service);
    return switch (bring(services, service, shape.service(), permit)) {
      case Standing.Good good -> {
        boolean written = good.written();
        for (Shape.Item slice : shape.slices()) {
          var standing = bring(slices, service, ownedBy(good.object(), slice), permit);
          var obstacle = obstacleOf(standing, service, shape, permit);
          if (obstacle.isPresent()) {
            yield obstacle.orElseThrow();
          }
          written |= standing instanceof Standing.Good slicesGood && slicesGood.written();
        }
        written |= removeSurplus(service, serviceKey, sliceKeys, permit);
        yield new ApplyOutcome.Applied(shape.name(), written, shape.callable(), shape.losses());
      }
      case Standing.Held held -> yieldTo(held, service, shape, permit);
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
    };
  }

  /** Removes all that stands for a service, and says whether there was anything. */
  boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    services.unwant(service);
    slices.unwant(service);
    recheck.remove(service);
    return removeAll(service, permit);
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
      ServiceKey service, ResourceKey kept, Set<ResourceKey> keptSlices, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = slices.removeAllBut(keptSlices, service, permit);
    return services.removeAllBut(Set.of(kept), service, permit) || removed;
  }

  private boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = slices.removeAll(service, permit);
    return services.removeAll(service, permit) || removed;
  }
}
