package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.ConfigApi.Result;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServerVersion;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes and deletes config entries one by one. Consul looks at each write together with all that
 * stands and refuses what does not fit just then, so what is refused is tried again after the
 * others, and where two changes wait for each other a step is put between.
 */
final class EntryWriter {
  private final ConfigApi api;
  private final ServerVersion version;
  private final WritePermit permit;
  private boolean putsLeft;

  /** One thing to do. */
  private sealed interface Deed {
    record Put(EntryPlan.Put put) implements Deed {}

    record Delete(StandingEntry entry) implements Deed {}
  }

  EntryWriter(ConfigApi api, ServerVersion version, WritePermit permit) {
    this.api = api;
    this.version = version;
    this.permit = permit;
  }

  /**
   * Does all of it, or as much as can be done.
   *
   * @param standing what stands of ours, for steps between
   * @return {@code Written} if all was done, else why not
   */
  Result write(List<EntryPlan.Put> puts, List<StandingEntry> deletes, List<StandingEntry> standing)
      throws MeshUnavailableException, InterruptedException {
    var left = new ArrayList<Deed>();
    puts.forEach(put -> left.add(new Deed.Put(put)));
    deletes.forEach(entry -> left.add(new Deed.Delete(entry)));
    Result last = new Result.Written();
    while (!left.isEmpty()) {
      var refused = new ArrayList<Deed>();
      for (Deed deed : left) {
        var result = carryOut(deed);
        switch (result) {
          case Result.Written ignored -> {}
          case Result.Unfit unfit -> {
            refused.add(deed);
            last = unfit;
          }
          case Result.Stale stale -> {
            return stale;
          }
          case Result.Rejected rejected -> {
            return rejected;
          }
        }
      }
      if (refused.size() == left.size()) {
        putsLeft = refused.stream().anyMatch(Deed.Put.class::isInstance);
        return stepBetween(refused, standing, last);
      }
      left.clear();
      left.addAll(refused);
    }
    return new Result.Written();
  }

  /** Whether an entry that is wanted is among what the server refused at last. */
  boolean hasPutsLeft() {
    return putsLeft;
  }

  private Result carryOut(Deed deed) throws MeshUnavailableException, InterruptedException {
    return switch (deed) {
      case Deed.Put(var put) -> api.put(put, permit);
      case Deed.Delete(var entry) -> api.delete(entry, version, permit);
    };
  }

  /**
   * Nothing can be done as it is; after a step between, whoever looks next finds the rest to do.
   */
  private Result stepBetween(List<Deed> waiting, List<StandingEntry> standing, Result last)
      throws MeshUnavailableException, InterruptedException {
    for (Deed deed : waiting) {
      if (deed instanceof Deed.Put(var put) && put.index() != 0) {
        var stepped =
            switch (put.entry().kind()) {
              case SERVICE_RESOLVER -> keepSubsets(put, standing);
              case SERVICE_DEFAULTS -> clearRoutes(standing);
              case INGRESS_GATEWAY -> closeListeners(put, standing);
              case SERVICE_SPLITTER, SERVICE_ROUTER, PROXY_DEFAULTS -> false;
            };
        if (stepped) {
          return new Result.Stale("a step between: " + put.entry().reference());
        }
      }
    }
    return last;
  }

  /**
   * A resolver may wait for a route that uses a subset which it is to lose, while the route waits
   * for one which it is to gain. With both subsets either can go on.
   */
  private boolean keepSubsets(EntryPlan.Put put, List<StandingEntry> standing)
      throws MeshUnavailableException, InterruptedException {
    var before =
        find(put, standing)
            .filter(
                entry ->
                    !subsets(entry.fields())
                        .keySet()
                        .containsAll(subsets(put.entry().fields()).keySet()));
    if (before.isEmpty()) {
      return false;
    }
    var both = new EntryPlan.Put(withSubsets(put.entry(), before.get()), put.index());
    return api.put(both, permit) instanceof Result.Written;
  }

  /**
   * A gateway may wait for a service that is to speak another protocol, while that waits for the
   * gateway. What stands and is not wanted so any more is closed, that the service can go on.
   */
  private boolean closeListeners(EntryPlan.Put put, List<StandingEntry> standing)
      throws MeshUnavailableException, InterruptedException {
    var before = find(put, standing);
    if (before.isEmpty()) {
      return false;
    }
    var kept = StandingListeners.keptOf(before.get().fields(), put.entry().fields());
    if (kept.isEmpty()) {
      return false;
    }
    var fewer =
        new WantedEntry(put.entry().kind(), put.entry().name(), kept.get(), put.entry().meta());
    return api.put(new EntryPlan.Put(fewer, put.index()), permit) instanceof Result.Written;
  }

  private static Optional<StandingEntry> find(EntryPlan.Put put, List<StandingEntry> standing) {
    return standing.stream()
        .filter(entry -> entry.id().equals(EntryId.of(put.entry())))
        .findFirst();
  }

  /** All services of a chain speak one protocol, so it cannot change while there are several. */
  private boolean clearRoutes(List<StandingEntry> standing)
      throws MeshUnavailableException, InterruptedException {
    var cleared = false;
    for (ConfigKind kind :
        List.of(
            ConfigKind.INGRESS_GATEWAY, ConfigKind.SERVICE_ROUTER, ConfigKind.SERVICE_SPLITTER)) {
      for (StandingEntry entry : standing) {
        if (entry.id().kind() == kind) {
          cleared |= api.delete(entry, version, permit) instanceof Result.Written;
        }
      }
    }
    return cleared;
  }

  private static WantedEntry withSubsets(WantedEntry wanted, StandingEntry before) {
    var subsets = new TreeMap<String, Object>(subsets(before.fields()));
    subsets.putAll(subsets(wanted.fields()));
    var fields = new LinkedHashMap<>(wanted.fields());
    fields.put("Subsets", subsets);
    return new WantedEntry(wanted.kind(), wanted.name(), fields, wanted.meta());
  }

  private static Map<String, Object> subsets(Map<String, Object> fields) {
    return Fields.object(fields, "Subsets");
  }
}
