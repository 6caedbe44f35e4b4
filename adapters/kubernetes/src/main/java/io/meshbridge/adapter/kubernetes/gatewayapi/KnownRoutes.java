package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The routes of a mesh, as told by feeds, found by the Services that they are attached to. One
 * table for each feed. Belongs to one thread.
 */
public final class KnownRoutes {
  private final Consumer<ResourceKey> changed;
  private final List<Table<Route>> tables = new ArrayList<>();
  // For each table, the routes of a Service.
  private final List<Map<ResourceKey, TreeSet<ResourceKey>>> routesOf = new ArrayList<>();

  /**
   * Nothing was read yet.
   *
   * @param changed told of each Service whose routes are not what they were
   */
  public KnownRoutes(Consumer<ResourceKey> changed) {
    this.changed = changed;
  }

  /** Room for one more feed; takes what it says. */
  public Consumer<FeedEvent<Route>> feed() {
    var table = new Table<Route>();
    var index = new HashMap<ResourceKey, TreeSet<ResourceKey>>();
    tables.add(table);
    routesOf.add(index);
    return event -> table.take(event).forEach(difference -> note(index, difference));
  }

  /** What has to be read before anything can be said. */
  public List<Table<?>> tables() {
    return List.copyOf(tables);
  }

  /** The routes that are attached to a Service. */
  public Collection<Route> of(ResourceKey service) {
    var found = new ArrayList<Route>();
    for (int i = 0; i < tables.size(); i++) {
      var table = tables.get(i);
      Stream.ofNullable(routesOf.get(i).get(service))
          .flatMap(Collection::stream)
          .flatMap(key -> table.get(key).stream())
          .forEach(found::add);
    }
    return found;
  }

  private void note(
      Map<ResourceKey, TreeSet<ResourceKey>> index, Table.Difference<Route> difference) {
    var touched = new TreeSet<ResourceKey>();
    difference.before().ifPresent(route -> touched.addAll(route.services()));
    touched.forEach(service -> unlink(index, service, difference.key()));
    difference
        .after()
        .ifPresent(
            route ->
                route
                    .services()
                    .forEach(
                        service -> {
                          index
                              .computeIfAbsent(service, none -> new TreeSet<>())
                              .add(difference.key());
                          touched.add(service);
                        }));
    touched.forEach(changed);
  }

  private static void unlink(
      Map<ResourceKey, TreeSet<ResourceKey>> index, ResourceKey service, ResourceKey route) {
    var routes = index.get(service);
    if (routes != null && routes.remove(route) && routes.isEmpty()) {
      index.remove(service);
    }
  }
}
