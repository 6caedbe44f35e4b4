package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServerVersion;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The half of the sink that writes config entries. */
final class EntrySink {
  private static final int ATTEMPTS = 6;

  private final ConfigApi api;
  private final VersionProbe version;
  private final Ledger ledger;

  EntrySink(ConfigApi api, VersionProbe version, Ledger ledger) {
    this.api = api;
    this.version = version;
    this.ledger = ledger;
  }

  ConfigApi api() {
    return api;
  }

  /** What there is to do so that an import's entries stand as it wants them. */
  EntryPlan plan(NamePlan.Owner owner, List<WantedEntry> wanted)
      throws MeshUnavailableException, InterruptedException {
    var ids = new TreeSet<>(ledger.entriesOf(owner.service()));
    wanted.forEach(entry -> ids.add(EntryId.of(entry)));
    return EntryPlan.of(owner, wanted, api.find(ids));
  }

  /**
   * Writes what is wanted, and deletes what is not as far as it does not belong to a former name.
   *
   * @param gone the former names
   * @throws MeshUnavailableException also if the server does not take what is wanted yet, because
   *     of what others have to write first
   */
  ConfigApi.Result writeRules(EntryPlan plan, Set<String> gone, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var deletes = plan.deletes().stream().filter(e -> !gone.contains(e.id().name())).toList();
    var writer = writer(permit);
    var result = writer.write(plan.puts(), deletes, plan.ours());
    if (!(result instanceof ConfigApi.Result.Unfit(var reason))) {
      return result;
    }
    if (writer.hasPutsLeft()) {
      throw notYet(reason);
    }
    // What belonged to former names may go after their instances.
    return new ConfigApi.Result.Written();
  }

  /** Deletes whatever is not wanted any more; whether all of it is gone. */
  boolean deleteRest(NamePlan.Owner owner, List<WantedEntry> wanted, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var plan = plan(owner, wanted);
    return switch (writer(permit).write(List.of(), plan.deletes(), plan.ours())) {
      case ConfigApi.Result.Written ignored -> true;
      case ConfigApi.Result.Unfit(var reason) -> throw notYet(reason);
      case ConfigApi.Result.Stale ignored -> false;
      case ConfigApi.Result.Rejected ignored -> false;
    };
  }

  /**
   * What became of all of an import's entries.
   *
   * @param any whether any was deleted
   * @param kept why some could not be, because others depend on them; empty if all are gone
   */
  record Removed(boolean any, String kept) {}

  /** Deletes all of an import's entries. */
  Removed removeAll(NamePlan.Owner owner, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var removed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var plan = plan(owner, List.of());
      if (plan.deletes().isEmpty()) {
        return new Removed(removed, "");
      }
      switch (writer(permit).write(List.of(), plan.deletes(), plan.ours())) {
        case ConfigApi.Result.Written ignored -> removed = true;
        case ConfigApi.Result.Stale ignored -> {}
        case ConfigApi.Result.Unfit(var reason) -> {
          return new Removed(removed, reason);
        }
        case ConfigApi.Result.Rejected(var reason) ->
            throw new MeshUnavailableException(
                "import " + owner.service() + " cannot be removed: " + reason);
      }
    }
    throw new MeshUnavailableException(
        "import " + owner.service() + " kept changing while it was removed");
  }

  private EntryWriter writer(WritePermit permit) {
    return new EntryWriter(api, ServerVersion.parse(version.version()), permit);
  }

  private static MeshUnavailableException notYet(String reason) {
    return new MeshUnavailableException("the server does not take it yet: " + reason);
  }
}
