package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Table;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The routes of a mesh, as told by feeds, found by the Services and the Gateways that they are
 * attached to. Belongs to one thread.
 */
public final class KnownRoutes {
  private final AttachedObjects<Route> routes;

  /**
   * Nothing was read yet.
   *
   * @param changed told of each Service or Gateway whose routes are not what they were
   */
  public KnownRoutes(Consumer<ResourceKey> changed) {
    this.routes = new AttachedObjects<>(Route::targets, changed);
  }

  /** Room for one more feed; takes what it says. */
  public Consumer<FeedEvent<Route>> feed() {
    return routes.feed();
  }

  /** What has to be read before anything can be said. */
  public List<Table<?>> tables() {
    return routes.tables();
  }

  /** The routes of a Service, or of the Gateway that has this name among services. */
  public Collection<Route> of(ResourceKey target) {
    return routes.of(target);
  }
}
