package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Table;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The routes of a mesh, as told by feeds, found by the Services that they are attached to. Belongs
 * to one thread.
 */
public final class KnownRoutes {
  private final AttachedObjects<Route> routes;

  /**
   * Nothing was read yet.
   *
   * @param changed told of each Service whose routes are not what they were
   */
  public KnownRoutes(Consumer<ResourceKey> changed) {
    this.routes = new AttachedObjects<>(Route::services, changed);
  }

  /** Room for one more feed; takes what it says. */
  public Consumer<FeedEvent<Route>> feed() {
    return routes.feed();
  }

  /** What has to be read before anything can be said. */
  public List<Table<?>> tables() {
    return routes.tables();
  }

  /** The routes that are attached to a Service. */
  public Collection<Route> of(ResourceKey service) {
    return routes.of(service);
  }
}
