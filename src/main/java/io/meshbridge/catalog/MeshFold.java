package io.meshbridge.catalog;

import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Hold;
import io.meshbridge.log.LogDigest;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.MeshRecord.Beat;
import io.meshbridge.log.MeshRecord.Described;
import io.meshbridge.log.MeshRecord.EndpointsChanged;
import io.meshbridge.log.MeshRecord.EndpointsGone;
import io.meshbridge.log.MeshRecord.ExportGone;
import io.meshbridge.log.MeshRecord.Exported;
import io.meshbridge.log.MeshRecord.FaultGone;
import io.meshbridge.log.MeshRecord.Faulty;
import io.meshbridge.log.MeshRecord.Held;
import io.meshbridge.log.MeshRecord.HoldGone;
import io.meshbridge.log.MeshRecord.Marked;
import io.meshbridge.log.MeshRecord.NotUnderstood;
import io.meshbridge.log.MeshRecord.Trusted;
import io.meshbridge.log.MeshRecord.Unknown;
import io.meshbridge.log.MeshRecord.Unreadable;
import io.meshbridge.log.RecordKey;
import io.meshbridge.log.SnapshotMarker;
import io.meshbridge.model.Export;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.TrustBundle;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * One mesh's topic, folded from its beginning. Immutable: each record makes a new fold that shares
 * nearly all of the old one.
 */
public final class MeshFold {
  /** Of an empty topic. */
  public static final MeshFold EMPTY =
      new MeshFold(
          new Head(null, null, null, null, false, false),
          HashTreePMap.empty(),
          LogDigest.EMPTY,
          HashTreePMap.empty(),
          0,
          HashTreePMap.empty(),
          HashTreePMap.empty());

  private final Head head;
  private final HashPMap<String, String> valueHashes;
  private final LogDigest digest;
  private final HashPMap<ServiceKey, ServiceFold> services;
  // How many of them have an export: to count them would cost as much as there are.
  private final int exports;
  private final HashPMap<ServiceKey, Instant> withdrawn;
  private final HashPMap<ServiceKey, Hold> holds;

  private MeshFold(
      Head head,
      HashPMap<String, String> valueHashes,
      LogDigest digest,
      HashPMap<ServiceKey, ServiceFold> services,
      int exports,
      HashPMap<ServiceKey, Instant> withdrawn,
      HashPMap<ServiceKey, Hold> holds) {
    this.head = head;
    this.valueHashes = valueHashes;
    this.digest = digest;
    this.services = services;
    this.exports = exports;
    this.withdrawn = withdrawn;
    this.holds = holds;
  }

  /** What the topic says of the mesh itself. */
  private record Head(
      @Nullable MeshDescriptor descriptor,
      @Nullable TrustBundle trust,
      @Nullable Heartbeat heartbeat,
      @Nullable SnapshotMarker marker,
      boolean trusted,
      boolean settled) {

    Head described(MeshDescriptor newer) {
      return new Head(newer, trust, heartbeat, marker, trusted, settled);
    }

    Head trusting(TrustBundle newer) {
      return new Head(descriptor, newer, heartbeat, marker, trusted, settled);
    }

    Head beaten(Heartbeat newer) {
      return new Head(descriptor, trust, newer, marker, trusted, settled);
    }

    Head marked(SnapshotMarker newer, boolean matches) {
      return new Head(descriptor, trust, heartbeat, newer, matches, matches);
    }

    Head unsettled() {
      return settled ? new Head(descriptor, trust, heartbeat, marker, trusted, false) : this;
    }
  }

  /** The fold after one more record. */
  public MeshFold after(LogEntry entry) {
    var counted = counting(entry);
    return switch (entry.record()) {
      case Described(var mesh) -> counted.withHead(counted.head.described(mesh));
      case Trusted(var bundle) -> counted.withHead(counted.head.trusting(bundle));
      case Beat(var heartbeat) -> counted.withHead(counted.head.beaten(heartbeat));
      // Only at this very record can the fold be compared: what follows is not in the marker.
      // Compaction may have taken values that stood here, and then the next marker has to serve.
      case Marked(var marker) ->
          counted.withHead(counted.head.marked(marker, digest.matches(marker)));
      case Exported(var export) ->
          counted
              .withService(
                  export.key(),
                  fold -> fold.exported(export, entry.observedAt()).solved(entry.key()))
              .withWithdrawn(withdrawn.minus(export.key()));
      case ExportGone(var service) ->
          counted
              .withService(service, fold -> fold.withdrawn(entry.observedAt()).solved(entry.key()))
              .withWithdrawn(withdrawn.plus(service, entry.observedAt()));
      case EndpointsChanged(var service, int chunk, int ignored, var endpoints) ->
          counted.withService(
              service,
              fold -> fold.withChunk(chunk, endpoints, entry.observedAt()).solved(entry.key()));
      case EndpointsGone(var service, int chunk) ->
          counted.withService(
              service, fold -> fold.withoutChunk(chunk, entry.observedAt()).solved(entry.key()));
      case Faulty(var service, var reason) ->
          counted.withService(service, fold -> fold.puzzled(entry.key(), reason));
      case FaultGone(var service) -> counted.withService(service, fold -> fold.solved(entry.key()));
      case Held(var service, var hold) ->
          counted
              .withService(service, fold -> fold.solved(entry.key()))
              .withHolds(holds.plus(service, hold));
      case HoldGone(var service) ->
          counted
              .withService(service, fold -> fold.solved(entry.key()))
              .withHolds(holds.minus(service));
      case NotUnderstood(var service, var reason) ->
          counted.withService(service, fold -> fold.puzzled(entry.key(), reason));
      case Unreadable ignored -> counted;
      case Unknown ignored -> counted;
    };
  }

  /** The service that a record is about; empty if it is about the mesh. */
  public static Optional<ServiceKey> serviceOf(MeshRecord record) {
    return switch (record) {
      case Exported(var export) -> Optional.of(export.key());
      case ExportGone(var service) -> Optional.of(service);
      case EndpointsChanged(var service, int ignored, int ignored2, var ignored3) ->
          Optional.of(service);
      case EndpointsGone(var service, int ignored) -> Optional.of(service);
      case NotUnderstood(var service, var ignored) -> Optional.of(service);
      case Faulty(var service, var ignored) -> Optional.of(service);
      case FaultGone(var service) -> Optional.of(service);
      case Held(var service, var ignored) -> Optional.of(service);
      case HoldGone(var service) -> Optional.of(service);
      case Described ignored -> Optional.empty();
      case Trusted ignored -> Optional.empty();
      case Beat ignored -> Optional.empty();
      case Marked ignored -> Optional.empty();
      case Unreadable ignored -> Optional.empty();
      case Unknown ignored -> Optional.empty();
    };
  }

  /** What the mesh says of itself, if it has. */
  public Optional<MeshDescriptor> descriptor() {
    return Optional.ofNullable(head.descriptor);
  }

  /** What the mesh's identities chain to, if it has said so. */
  public Optional<TrustBundle> trust() {
    return Optional.ofNullable(head.trust);
  }

  /** The latest sign of life. */
  public Optional<Heartbeat> heartbeat() {
    return Optional.ofNullable(head.heartbeat);
  }

  /** The latest marker, whether it matched or not. */
  public Optional<SnapshotMarker> marker() {
    return Optional.ofNullable(head.marker);
  }

  /**
   * Whether the fold was, at the latest marker, exactly what the mesh's bridge had published: only
   * then does absence mean anything.
   */
  public boolean isTrusted() {
    return head.trusted;
  }

  /**
   * Whether the latest marker matched, and nothing that it counts was written since. Then whoever
   * folds the topic from its beginning finds the same, compacted or not. An equal digest is not
   * enough: what was changed and changed back stands behind the marker, and compaction takes it
   * from before.
   */
  public boolean isSettled() {
    return head.settled;
  }

  /** The digest over what is folded. */
  public LogDigest digest() {
    return digest;
  }

  /** The hash of the value that a counted key has; empty if it has none. */
  public Optional<String> valueHash(String key) {
    return Optional.ofNullable(valueHashes.get(key));
  }

  /** The export, if the topic holds one that is understood. */
  public Optional<Export> export(ServiceKey service) {
    var fold = services.get(service);
    return fold == null ? Optional.empty() : Optional.ofNullable(fold.export());
  }

  /** Why the mesh's bridge cannot export a service as it is now; empty if it can. */
  public String fault(ServiceKey service) {
    var key = new RecordKey.Fault(service.namespace(), service.name()).text();
    return service(service).map(fold -> fold.puzzles().getOrDefault(key, "")).orElse("");
  }

  /** Whether the topic took the service away in so many words, and has not brought it back. */
  boolean isWithdrawn(ServiceKey service) {
    return withdrawn.containsKey(service);
  }

  /** Whether the topic holds an export of the service that is understood, or its withdrawal. */
  boolean saysWhetherOffered(ServiceKey service) {
    return export(service).isPresent() || isWithdrawn(service);
  }

  /** The services that the topic took away in so many words, and has not brought back. */
  Set<ServiceKey> withdrawn() {
    return withdrawn.keySet();
  }

  /**
   * Of these services, those that were withdrawn within some time. Costs as much as were ever
   * withdrawn.
   *
   * @param begin exclusive
   * @param end inclusive
   */
  public Set<ServiceKey> withdrawnBetween(Instant begin, Instant end) {
    var recent = new HashSet<ServiceKey>();
    withdrawn.forEach(
        (service, at) -> {
          if (at.isAfter(begin) && !at.isAfter(end)) {
            recent.add(service);
          }
        });
    return recent;
  }

  /** When the topic took the service away; empty if it did not, or has brought it back. */
  public Optional<Instant> withdrawnAt(ServiceKey service) {
    return Optional.ofNullable(withdrawn.get(service));
  }

  /** The services whose withdrawal the guard holds, each with what is known of that. */
  public Map<ServiceKey, Hold> holds() {
    return holds;
  }

  Optional<ServiceFold> service(ServiceKey service) {
    return Optional.ofNullable(services.get(service));
  }

  /** All services of which the topic says anything. */
  Map<ServiceKey, ServiceFold> services() {
    return services;
  }

  /** How many services the mesh offers. */
  public int exportCount() {
    return exports;
  }

  /** The services of which the topic says anything, understood or not. */
  public Set<ServiceKey> known() {
    return new TreeSet<>(services.keySet());
  }

  /** The services that the mesh offers. */
  public Set<ServiceKey> exported() {
    var keys = new TreeSet<ServiceKey>();
    services.forEach(
        (key, fold) -> {
          if (fold.export() != null) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** The keys of the endpoint records that the topic holds for a service, by chunk. */
  public SortedMap<Integer, String> endpointKeys(ServiceKey service) {
    var keys = new TreeMap<Integer, String>();
    service(service)
        .ifPresent(
            fold ->
                fold.chunks()
                    .keySet()
                    .forEach(
                        chunk ->
                            keys.put(
                                chunk,
                                new RecordKey.Endpoints(service.namespace(), service.name(), chunk)
                                    .text())));
    return keys;
  }

  private MeshFold counting(LogEntry entry) {
    if (!RecordKey.isCounted(entry.key())) {
      return this;
    }
    var before = valueHashes.get(entry.key());
    var without = before == null ? digest : digest.minus(entry.key(), before);
    return entry.isTombstone()
        ? new MeshFold(
            head.unsettled(),
            valueHashes.minus(entry.key()),
            without,
            services,
            exports,
            withdrawn,
            holds)
        : new MeshFold(
            head.unsettled(),
            valueHashes.plus(entry.key(), entry.valueHash()),
            without.plus(entry.key(), entry.valueHash()),
            services,
            exports,
            withdrawn,
            holds);
  }

  private MeshFold withHead(Head newer) {
    return new MeshFold(newer, valueHashes, digest, services, exports, withdrawn, holds);
  }

  private MeshFold withService(ServiceKey service, UnaryOperator<ServiceFold> change) {
    var before = services.get(service);
    var after = change.apply(before == null ? ServiceFold.NOTHING : before);
    var changed = after.isNothing() ? services.minus(service) : services.plus(service, after);
    int more = exportsIn(after) - (before == null ? 0 : exportsIn(before));
    return new MeshFold(head, valueHashes, digest, changed, exports + more, withdrawn, holds);
  }

  private static int exportsIn(ServiceFold fold) {
    return fold.export() == null ? 0 : 1;
  }

  private MeshFold withWithdrawn(HashPMap<ServiceKey, Instant> newer) {
    return new MeshFold(head, valueHashes, digest, services, exports, newer, holds);
  }

  private MeshFold withHolds(HashPMap<ServiceKey, Hold> newer) {
    return new MeshFold(head, valueHashes, digest, services, exports, withdrawn, newer);
  }
}
