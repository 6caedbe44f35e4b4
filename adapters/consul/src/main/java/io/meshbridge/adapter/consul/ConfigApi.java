package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.Feature;
import io.meshbridge.adapter.consul.traffic.ServerVersion;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads and writes single config entries, with check-and-set wherever the server has it. */
final class ConfigApi {
  private static final String PATH = "/v1/config";

  /** The kinds that an import is written as. */
  static final List<ConfigKind> KINDS =
      List.of(
          ConfigKind.SERVICE_DEFAULTS,
          ConfigKind.SERVICE_RESOLVER,
          ConfigKind.SERVICE_SPLITTER,
          ConfigKind.SERVICE_ROUTER,
          ConfigKind.INGRESS_GATEWAY);

  private final ConsulHttp http;
  private final ReadMode mode;
  private final CatalogApi catalog;

  /** What became of a write. */
  sealed interface Result {
    /** It was written. */
    record Written() implements Result {}

    /** The entry is no longer as it was read. */
    record Stale(String what) implements Result {}

    /** The server does not take it together with the other entries that stand. */
    record Unfit(String reason) implements Result {}

    /** Trying again will not help. */
    record Rejected(String reason) implements Result {}
  }

  ConfigApi(ConsulHttp http, ReadMode mode) {
    this.http = http;
    this.mode = mode;
    this.catalog = new CatalogApi(http, mode);
  }

  /** Every entry of the kinds that imports are written as. */
  List<StandingEntry> all() throws MeshUnavailableException, InterruptedException {
    var entries = new ArrayList<StandingEntry>();
    for (ConfigKind kind : KINDS) {
      catalog.entries(kind).forEach(told -> entries.add(StandingEntry.of(kind, told)));
    }
    return entries;
  }

  /** Those of these that stand. */
  List<StandingEntry> find(Collection<EntryId> ids)
      throws MeshUnavailableException, InterruptedException {
    var entries = new ArrayList<StandingEntry>();
    for (EntryId id : Set.copyOf(ids)) {
      find(id).ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<StandingEntry> find(EntryId id)
      throws MeshUnavailableException, InterruptedException {
    var answer = http.tryGet(pathOf(id), mode.with());
    return switch (answer.status()) {
      case 200 -> Optional.of(StandingEntry.of(id.kind(), Fields.asObject(answer.body())));
      case 404 -> Optional.empty();
      default -> throw unavailable("GET " + pathOf(id), answer);
    };
  }

  Result put(EntryPlan.Put put, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    permit.check();
    var answer = http.put(PATH, put.entry().content(), "cas", Long.toString(put.index()));
    return resultOf("PUT " + put.entry().reference(), answer, EntryId.of(put.entry()));
  }

  /**
   * Deletes that very version. A server that cannot make a delete depend on the version ignores the
   * parameter and deletes whatever stands, so there the entry is read once more right before.
   */
  Result delete(StandingEntry entry, ServerVersion version, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var what = "DELETE " + entry.id();
    if (version.has(Feature.DELETE_IF_UNCHANGED)) {
      permit.check();
      var index = Long.toString(entry.modifyIndex());
      return resultOf(what, http.delete(pathOf(entry.id()), "cas", index), entry.id());
    }
    var now = find(entry.id());
    if (now.isEmpty() || now.get().modifyIndex() != entry.modifyIndex()) {
      return new Result.Stale(entry.id() + " changed while it was to be deleted");
    }
    permit.check();
    return resultOf(what, http.delete(pathOf(entry.id())), entry.id());
  }

  private static Result resultOf(String what, Answer answer, EntryId id)
      throws MeshUnavailableException {
    return switch (answer.status()) {
      case 200 ->
          // Only an outright no is one: old servers answer a delete with an empty object.
          Boolean.FALSE.equals(answer.body())
              ? new Result.Stale(what + ": the entry changed meanwhile")
              : new Result.Written();
      case 401, 403 -> new Result.Rejected(answer.excerpt() + "; the token needs " + rightFor(id));
      case 400, 413, 422 -> new Result.Rejected(what + ": " + answer.excerpt());
      case 500 -> unfit(what, answer);
      default -> throw unavailable(what, answer);
    };
  }

  private static String rightFor(EntryId id) {
    return id.kind() == ConfigKind.INGRESS_GATEWAY
        ? "operator = \"write\", or mesh = \"write\" from Consul 1.11 on"
        : "service \"" + id.name() + "\" { policy = \"write\" }";
  }

  /** The words are those of Consul 1.8 to 2.0; there is no status to tell the cases apart. */
  private static Result unfit(String what, Answer answer) throws MeshUnavailableException {
    var words = answer.excerpt().toLowerCase(Locale.ROOT);
    if (words.contains("permission denied")) {
      return new Result.Rejected(what + ": " + answer.excerpt());
    }
    if (words.contains("discovery chain")
        || words.contains("does not have a subset")
        || words.contains("listener protocol")
        || words.contains("circular")
        || words.contains("external sni")) {
      return new Result.Unfit(what + ": " + answer.excerpt());
    }
    throw unavailable(what, answer);
  }

  private static MeshUnavailableException unavailable(String what, Answer answer) {
    return new MeshUnavailableException(
        what + " answered " + answer.status() + ": " + answer.excerpt());
  }

  private static String pathOf(EntryId id) {
    return CatalogApi.configPath(id.kind()) + "/" + CatalogApi.encode(id.name());
  }
}
