package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.catalog.MeshView;
import io.meshbridge.log.LogUnavailableException;
import io.meshbridge.log.MeshPublisher;
import io.meshbridge.log.OversizedRecordException;
import io.meshbridge.log.PublisherFencedException;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.tracing.Tracing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What a mesh's topic says, with what was published from here since it was read. Belongs to the
 * publishing thread.
 */
final class OwnTopic {
  private static final Logger LOG = Logger.getLogger(OwnTopic.class);

  private final MeshId mesh;
  private final WritePermit permit;
  private final Tracing tracing;
  private final Map<ServiceKey, String> oversized = new HashMap<>();
  private MeshFold fold = MeshFold.EMPTY;
  private long readings;

  OwnTopic(MeshId mesh, WritePermit permit, Tracing tracing) {
    this.mesh = mesh;
    this.permit = permit;
    this.tracing = tracing;
  }

  /** It says this, as has just been read. */
  void read(MeshView view) {
    fold = view.fold();
    readings = view.readings();
  }

  /** Whether it was recreated or truncated: what we believe to stand there may be gone. */
  boolean hasChangedUnderUs(MeshView view) {
    return view.readings() != readings || !view.isCaughtUp();
  }

  /** What it says. */
  MeshFold fold() {
    return fold;
  }

  /** The services of which a record was larger than Kafka takes, each with what Kafka said. */
  Map<ServiceKey, String> oversized() {
    return Map.copyOf(oversized);
  }

  /** These are about to be said anew: they may fit now. */
  void sayAnew(Set<ServiceKey> services) {
    services.forEach(oversized::remove);
  }

  /** Publishes in one transaction; a record that Kafka would never take costs its service alone. */
  void publish(MeshPublisher publisher, List<Publication> batch)
      throws LogUnavailableException, PublisherFencedException, InterruptedException {
    var rest = batch;
    while (!rest.isEmpty()) {
      permit.check();
      try (var traced = TracedBatch.begin(tracing, publisher.topic(), rest)) {
        publisher.publish(rest.stream().map(Publication::outgoing).toList(), traced.parents());
        traced.stands();
        rest.forEach(publication -> fold = fold.after(publication.entry()));
        return;
      } catch (OversizedRecordException oversize) {
        rest = without(oversize, rest);
      }
    }
  }

  private List<Publication> without(OversizedRecordException oversize, List<Publication> batch) {
    var culprit =
        batch.stream()
            .filter(publication -> publication.outgoing().key().equals(oversize.key()))
            .findFirst()
            .flatMap(publication -> MeshFold.serviceOf(publication.record()));
    if (culprit.isEmpty()) {
      throw oversize;
    }
    oversized.put(culprit.get(), String.valueOf(oversize.getMessage()));
    LOG.errorf(
        "export too large mesh=%s service=%s error=%s", mesh, culprit.get(), oversize.getMessage());
    return batch.stream()
        .filter(publication -> !MeshFold.serviceOf(publication.record()).equals(culprit))
        .toList();
  }
}
