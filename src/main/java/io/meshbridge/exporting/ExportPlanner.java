package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Hold;
import io.meshbridge.log.LogDigest;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.MeshRecord.EndpointsChanged;
import io.meshbridge.log.MeshRecord.EndpointsGone;
import io.meshbridge.log.MeshRecord.ExportGone;
import io.meshbridge.log.MeshRecord.Exported;
import io.meshbridge.log.OutgoingRecord;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.log.SnapshotMarker;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.TrustBundle;
import io.meshbridge.spi.Observation.Trusted;
import io.meshbridge.spi.Offer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a mesh's topic does not say yet. Compares the very bytes that would be sent with those
 * that stand there, so that saying the same twice sends nothing, and so that whatever somebody else
 * may have put there is set right. Pure.
 */
final class ExportPlanner {
  private final RecordCodec codec;
  private final boolean transitAllowed;

  ExportPlanner(RecordCodec codec, boolean transitAllowed) {
    this.codec = codec;
    this.transitAllowed = transitAllowed;
  }

  /**
   * The records that bring the topic to an offer. Endpoints go before the export, so that a reader
   * who comes to know the service knows where it answers.
   *
   * @param published what the topic says
   * @param observedAt when the source saw the offer
   * @param now what becomes first-seen if the topic does not know the service
   */
  List<Publication> offered(MeshFold published, Offer offer, Instant observedAt, Instant now) {
    return LoopGuard.admit(offer, transitAllowed)
        .map(path -> admitted(published, offer, path, observedAt, now))
        .orElseGet(() -> withdrawn(published, offer.key(), observedAt));
  }

  /** The record that says what is wrong with a service, unless the topic says so already. */
  List<Publication> faulty(
      MeshFold published, ServiceKey service, String reason, Instant observedAt) {
    var records = new ArrayList<Publication>();
    add(records, published, new MeshRecord.Faulty(service, reason), observedAt);
    add(records, published, new MeshRecord.HoldGone(service), observedAt);
    return records;
  }

  /** The records that take a service away: first the export, then what is no use without it. */
  List<Publication> withdrawn(MeshFold published, ServiceKey service, Instant observedAt) {
    var records = new ArrayList<Publication>();
    add(records, published, new ExportGone(service), observedAt);
    published
        .endpointKeys(service)
        .keySet()
        .forEach(chunk -> add(records, published, new EndpointsGone(service, chunk), observedAt));
    add(records, published, new MeshRecord.FaultGone(service), observedAt);
    add(records, published, new MeshRecord.HoldGone(service), observedAt);
    return records;
  }

  /** The record that says that the guard keeps a service from being taken away. */
  List<Publication> held(MeshFold published, ServiceKey service, Hold hold) {
    var records = new ArrayList<Publication>();
    add(records, published, new MeshRecord.Held(service, hold), hold.since());
    return records;
  }

  /** Whether a service is published that its mesh does not offer. */
  boolean isLeaving(MeshFold published, ServiceKey service, Optional<Offer> offer) {
    return published.export(service).isPresent()
        && offer.flatMap(now -> LoopGuard.admit(now, transitAllowed)).isEmpty();
  }

  /** The record that says what the mesh is, unless the topic says so already. */
  List<Publication> described(MeshFold published, MeshDescriptor mesh, Instant now) {
    var records = new ArrayList<Publication>();
    add(records, published, new MeshRecord.Described(mesh), now);
    return records;
  }

  /**
   * The record that says what the mesh's identities chain to, unless the topic says so already. The
   * sequence goes on from what the topic says, whoever wrote that.
   */
  List<Publication> trusted(MeshFold published, Trusted said, Instant now) {
    var before = published.trust();
    var sameRoots =
        before
            .filter(bundle -> bundle.trustDomain().equals(said.trustDomain()))
            .filter(bundle -> bundle.roots().equals(List.copyOf(said.roots())))
            .isPresent();
    if (sameRoots) {
      return List.of();
    }
    var bundle =
        new TrustBundle(
            said.trustDomain(),
            List.copyOf(said.roots()),
            before.map(TrustBundle::sequence).orElse(0L) + 1,
            TrustBundle.USUAL_REFRESH);
    return List.of(publication(new MeshRecord.Trusted(bundle), now));
  }

  /** The marker of a complete snapshot, unless the topic's latest one serves every reader. */
  Optional<Publication> marked(MeshFold published, Instant now) {
    if (published.isSettled()) {
      return Optional.empty();
    }
    long generation = published.marker().map(SnapshotMarker::generation).orElse(0L) + 1;
    var digest = published.digest();
    var marker = new SnapshotMarker(generation, digest.keys(), digest.hex());
    return Optional.of(publication(new MeshRecord.Marked(marker), now));
  }

  private List<Publication> admitted(
      MeshFold published, Offer offer, FederationPath path, Instant observedAt, Instant now) {
    var records = new ArrayList<Publication>();
    addEndpoints(records, published, offer, observedAt);
    var firstSeen = published.export(offer.key()).map(Export::firstSeen).orElse(now);
    var export = offer.exported(firstSeen, path, offer.losses());
    add(records, published, new Exported(export), observedAt);
    add(records, published, new MeshRecord.FaultGone(offer.key()), observedAt);
    add(records, published, new MeshRecord.HoldGone(offer.key()), observedAt);
    return records;
  }

  /**
   * When chunks are split, the new ones are written from the highest down, and when they are
   * merged, the lowest grows before the others go: at no point does a reader miss an endpoint that
   * stands.
   */
  private void addEndpoints(
      List<Publication> records, MeshFold published, Offer offer, Instant observedAt) {
    var service = offer.key();
    var standing = published.endpointKeys(service);
    int before = standing.isEmpty() ? 0 : standing.lastKey() + 1;
    int chunks = Chunking.chunks(before, offer.endpoints().size());
    List<EndpointList> parts = Chunking.divide(offer.endpoints(), chunks);
    boolean splits = chunks > before;
    for (int i = 0; i < chunks; i++) {
      int chunk = splits ? chunks - 1 - i : i;
      add(
          records,
          published,
          new EndpointsChanged(service, chunk, chunks, parts.get(chunk)),
          observedAt);
    }
    standing.tailMap(chunks).keySet().stream()
        .map(chunk -> new EndpointsGone(service, chunk))
        .forEach(gone -> add(records, published, gone, observedAt));
  }

  private void add(
      List<Publication> records, MeshFold published, MeshRecord record, Instant observedAt) {
    var publication = publication(record, observedAt);
    var standing = published.valueHash(publication.outgoing().key()).orElse("");
    if (!standing.equals(hashOf(publication.outgoing()))) {
      records.add(publication);
    }
  }

  /** The record that says that a bridge speaks for the mesh. */
  Publication beat(Heartbeat heartbeat) {
    return publication(new MeshRecord.Beat(heartbeat), heartbeat.at());
  }

  private Publication publication(MeshRecord record, Instant observedAt) {
    return new Publication(record, codec.encode(record, observedAt));
  }

  /** The hash that the log will count for a record; empty for a tombstone. */
  static String hashOf(OutgoingRecord record) {
    return record.isTombstone()
        ? ""
        : LogDigest.hashOf(record.json().getBytes(StandardCharsets.UTF_8));
  }
}
