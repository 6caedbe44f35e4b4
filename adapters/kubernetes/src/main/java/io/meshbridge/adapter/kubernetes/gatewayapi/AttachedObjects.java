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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Objects of a mesh that say something of Services, as told by feeds, found by these Services. One
 * table for each feed. Belongs to one thread.
 *
 * @param <T> what is kept of an object
 */
public final class AttachedObjects<T> {
  private final Function<T, ? extends Collection<ResourceKey>> services;
  private final Consumer<ResourceKey> changed;
  private final List<Table<T>> tables = new ArrayList<>();
  // For each table, the objects that say something of a Service.
  private final List<Map<ResourceKey, TreeSet<ResourceKey>>> byService = new ArrayList<>();

  /**
   * Nothing was read yet.
   *
   * @param services the Services that an object says something of
   * @param changed told of each Service of which not the same is said as before
   */
  public AttachedObjects(
      Function<T, ? extends Collection<ResourceKey>> services, Consumer<ResourceKey> changed) {
    this.services = services;
    this.changed = changed;
  }

  /** Room for one more feed; takes what it says. */
  public Consumer<FeedEvent<T>> feed() {
    var table = new Table<T>();
    var index = new HashMap<ResourceKey, TreeSet<ResourceKey>>();
    tables.add(table);
    byService.add(index);
    return event -> table.take(event).forEach(difference -> note(index, difference));
  }

  /** What has to be read before anything can be said. */
  public List<Table<?>> tables() {
    return List.copyOf(tables);
  }

  /** What says something of a Service. */
  public Collection<T> of(ResourceKey service) {
    var found = new ArrayList<T>();
    for (int i = 0; i < tables.size(); i++) {
      var table = tables.get(i);
      Stream.ofNullable(byService.get(i).get(service))
          .flatMap(Collection::stream)
          .flatMap(key -> table.get(key).stream())
          .forEach(found::add);
    }
    return found;
  }

  private void note(Map<ResourceKey, TreeSet<ResourceKey>> index, Table.Difference<T> difference) {
    var touched = new TreeSet<ResourceKey>();
    difference.before().ifPresent(object -> touched.addAll(services.apply(object)));
    touched.forEach(service -> unlink(index, service, difference.key()));
    difference
        .after()
        .ifPresent(
            object ->
                services
                    .apply(object)
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
      Map<ResourceKey, TreeSet<ResourceKey>> index, ResourceKey service, ResourceKey object) {
    var known = index.get(service);
    if (known != null && known.remove(object) && known.isEmpty()) {
      index.remove(service);
    }
  }
}
