package io.meshbridge.exporting;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.log.OutgoingRecord;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an {@link ExportSession} does, one step at a time on the caller's thread. */
public final class SteppedExporter {
  private final Offering offering;
  private final ExportPlanner planner;
  private MeshFold published = MeshFold.EMPTY;

  /** Knows nothing of the topic yet. */
  public SteppedExporter(MeshDescriptor configured, boolean transitAllowed) {
    this.offering = new Offering(configured);
    this.planner = new ExportPlanner(new RecordCodec(), transitAllowed);
  }

  /** The source says. */
  public void observe(Observation observation) {
    offering.observe(observation);
  }

  /** The topic has been read to its end, and says this. */
  public void topicRead(MeshFold fold) {
    published = fold;
    offering.compareAll();
  }

  /**
   * The records of the next transactions, of which each concerns one service.
   *
   * @param atMost for how many services; the rest stays for another time
   */
  public List<OutgoingRecord> publish(int atMost, Instant now) {
    var records = new ArrayList<OutgoingRecord>();
    say(planner.described(published, offering.mesh(), now), records);
    var services = new HashSet<>(offering.takeUnpublished());
    if (offering.takeAbsenceCheck()) {
      published.exported().stream().filter(offering::isAbsent).forEach(services::add);
    }
    var rest = new TreeSet<>(services);
    while (!rest.isEmpty() && services.size() - rest.size() < atMost) {
      say(changesOf(rest.removeFirst(), now), records);
    }
    offering.giveBack(Set.copyOf(rest));
    return records;
  }

  /** The marker, if one is due. */
  public List<OutgoingRecord> beat(Instant now) {
    var records = new ArrayList<OutgoingRecord>();
    if (offering.isLive() && !offering.hasUnpublished()) {
      planner.marked(published, now).ifPresent(marker -> say(List.of(marker), records));
    }
    return records;
  }

  private List<Publication> changesOf(ServiceKey service, Instant now) {
    return offering
        .offer(service)
        .map(offered -> planner.offered(published, offered.offer(), offered.at(), now))
        .orElseGet(() -> planner.withdrawn(published, service, offering.goneAt(service)));
  }

  private void say(List<Publication> publications, List<OutgoingRecord> records) {
    for (Publication publication : publications) {
      published = published.after(publication.entry());
      records.add(publication.outgoing());
    }
  }
}
