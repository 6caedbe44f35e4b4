package io.meshbridge.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.MeshRecord.EndpointsChanged;
import io.meshbridge.log.MeshRecord.EndpointsGone;
import io.meshbridge.log.MeshRecord.ExportGone;
import io.meshbridge.log.MeshRecord.Exported;
import io.meshbridge.log.MeshRecord.Marked;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.TrustBundle;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExportPlannerTest {
  private static final ServiceKey WEB = Samples.key("m", "shop", "web");
  private static final Instant SEEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:01Z");
  private static final Instant LATER = Instant.parse("2026-11-22T11:00:00Z");

  private final ExportPlanner planner = new ExportPlanner(new RecordCodec(), false);

  @Test
  void publishesEndpointsBeforeTheExportThatNeedsThem() {
    var records = planner.offered(MeshFold.EMPTY, Samples.offer(WEB, "10.0.0.1"), SEEN, NOW);

    assertThat(records)
        .extracting(Publication::record)
        .hasExactlyElementsOfTypes(EndpointsChanged.class, Exported.class);
    assertThat(records).allMatch(record -> record.outgoing().observedAt().equals(SEEN));
  }

  @Test
  void publishesNothingForAnOfferThatTheTopicSaysAlready() {
    var offer = Samples.offer(WEB, "10.0.0.1", "10.0.0.2");
    var published = Folded.after(MeshFold.EMPTY, planner.offered(MeshFold.EMPTY, offer, SEEN, NOW));

    assertThat(planner.offered(published, offer, LATER, LATER)).isEmpty();
  }

  @Test
  void countsTheRootsOnOnlyWhenTheyChange() {
    var old = new Observation.Trusted("m.example", TrustBundle.rootsIn(certificate("AAAA")));
    var both =
        new Observation.Trusted(
            "m.example", TrustBundle.rootsIn(certificate("AAAA") + certificate("BBBB")));

    var first = planner.trusted(MeshFold.EMPTY, old, NOW);
    var afterFirst = Folded.after(MeshFold.EMPTY, first);
    var afterBoth = Folded.after(afterFirst, planner.trusted(afterFirst, both, LATER));

    assertThat(afterFirst.trust()).map(TrustBundle::sequence).contains(1L);
    assertThat(planner.trusted(afterFirst, old, LATER)).isEmpty();
    assertThat(afterBoth.trust()).map(TrustBundle::sequence).contains(2L);
    assertThat(afterBoth.trust().map(bundle -> bundle.roots().size())).contains(2);
  }

  private static String certificate(String content) {
    return "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n";
  }

  @TestFactory
  Stream<DynamicTest> sayingTheSameTwicePublishesNothingWhateverIsSaid() {
    return SeededRuns.of(200)
        .check(
            random -> {
              var offer = new ModelGenerators(random).offer(WEB);
              var transit = new ExportPlanner(new RecordCodec(), true);
              var published =
                  Folded.after(MeshFold.EMPTY, transit.offered(MeshFold.EMPTY, offer, SEEN, NOW));

              assertThat(transit.offered(published, offer, LATER, LATER)).isEmpty();
            });
  }

  @Test
  void publishesOnlyTheEndpointsIfOnlyTheyChanged() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));

    var records = planner.offered(published, Samples.offer(WEB, "10.0.0.2"), LATER, LATER);

    assertThat(records)
        .extracting(Publication::record)
        .hasExactlyElementsOfTypes(EndpointsChanged.class);
  }

  @Test
  void keepsFirstSeenAcrossChanges() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));
    var plain = Samples.offer(WEB, "10.0.0.1");
    var changed =
        new Offer(
            WEB,
            plain.ports(),
            plain.labels(),
            List.of("another.name"),
            plain.access(),
            plain.endpoints(),
            plain.path(),
            List.of());

    var records = planner.offered(published, changed, LATER, LATER);

    assertThat(records)
        .singleElement()
        .extracting(Publication::record)
        .isInstanceOfSatisfying(
            Exported.class, exported -> assertThat(exported.export().firstSeen()).isEqualTo(NOW));
  }

  @Test
  void withdrawsTheExportBeforeWhatIsNoUseWithoutIt() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));

    var records = planner.withdrawn(published, WEB, LATER);

    assertThat(records)
        .extracting(Publication::record)
        .containsExactly(new ExportGone(WEB), new EndpointsGone(WEB, 0));
  }

  @Test
  void saysOnceWhatIsWrongAndTakesItBackOnceItIsMended() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));

    var told = planner.faulty(published, WEB, "a weight is no number", LATER);
    var knowing = Folded.after(published, told);
    var again = planner.faulty(knowing, WEB, "a weight is no number", LATER.plusSeconds(1));
    var mended = planner.offered(knowing, Samples.offer(WEB, "10.0.0.1"), LATER, LATER);

    assertThat(told)
        .extracting(Publication::record)
        .containsExactly(new MeshRecord.Faulty(WEB, "a weight is no number"));
    assertThat(again).isEmpty();
    assertThat(mended)
        .extracting(Publication::record)
        .containsExactly(new MeshRecord.FaultGone(WEB));
    assertThat(planner.withdrawn(knowing, WEB, LATER))
        .extracting(Publication::record)
        .contains(new MeshRecord.FaultGone(WEB));
  }

  @Test
  void withdrawsNothingThatTheTopicDoesNotSay() {
    assertThat(planner.withdrawn(MeshFold.EMPTY, WEB, LATER)).isEmpty();
  }

  @Test
  void withdrawsWhatMayNoLongerTravelOn() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));
    var plain = Samples.offer(WEB, "10.0.0.1");
    var travelled =
        new Offer(
            WEB,
            plain.ports(),
            plain.labels(),
            plain.hostnames(),
            plain.access(),
            plain.endpoints(),
            FederationPath.parse("elsewhere,m"),
            List.of());

    var records = planner.offered(published, travelled, LATER, LATER);

    assertThat(records).extracting(Publication::record).contains(new ExportGone(WEB));
    assertThat(Folded.after(published, records).exported()).isEmpty();
  }

  @Test
  void describesTheMeshOnceAndAgainWhenItChanges() {
    var described = planner.described(MeshFold.EMPTY, Samples.mesh("m"), NOW);
    var published = Folded.after(MeshFold.EMPTY, described);

    assertThat(described).hasSize(1);
    assertThat(planner.described(published, Samples.mesh("m"), LATER)).isEmpty();
    assertThat(planner.described(published, Samples.mesh("m", "consul"), LATER)).hasSize(1);
  }

  @Test
  void marksOnceAndThenOnlyWhatIsNew() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));

    var first = planner.marked(published, NOW).orElseThrow();
    var marked = published.after(first.entry());

    assertThat(marked.isTrusted()).isTrue();
    assertThat(planner.marked(marked, LATER)).isEmpty();
    var changed =
        Folded.after(marked, planner.offered(marked, Samples.offer(WEB, "10.0.0.9"), LATER, LATER));
    assertThat(planner.marked(changed, LATER).orElseThrow().record())
        .isInstanceOfSatisfying(
            Marked.class, record -> assertThat(record.marker().generation()).isEqualTo(2));
  }

  @Test
  void marksAgainWhatWasChangedAndChangedBackBehindTheMarker() {
    var published = published(Samples.offer(WEB, "10.0.0.1"));
    var marked = published.after(planner.marked(published, NOW).orElseThrow().entry());
    var there =
        Folded.after(marked, planner.offered(marked, Samples.offer(WEB, "10.0.0.2"), LATER, LATER));
    var back =
        Folded.after(there, planner.offered(there, Samples.offer(WEB, "10.0.0.1"), LATER, LATER));

    // The digest is that of the marker, and yet compaction will take what the marker counted.
    assertThat(back.digest()).isEqualTo(marked.digest());
    assertThat(planner.marked(back, LATER)).isPresent();
  }

  @TestFactory
  Stream<DynamicTest> noEndpointThatStaysIsMissedWhileChunksAreSplitOrMerged() {
    return SeededRuns.of(60)
        .check(
            random -> {
              int before = random.nextInt(0, 900);
              int after = random.nextInt(0, 900);
              var fold = published(offerOf(before));
              var staying = addresses(offerOf(Math.min(before, after)).endpoints());
              var records = planner.offered(fold, offerOf(after), LATER, LATER);
              var chunks = chunksOf(planner.offered(MeshFold.EMPTY, offerOf(before), SEEN, NOW));
              for (Publication record : records) {
                fold = fold.after(record.entry());
                chunks.putAll(chunksOf(List.of(record)));
                chunks.keySet().retainAll(fold.endpointKeys(WEB).keySet());
                assertThat(union(chunks)).containsAll(staying);
              }
              assertThat(union(chunks)).isEqualTo(addresses(offerOf(after).endpoints()));
            });
  }

  private MeshFold published(Offer offer) {
    return Folded.after(MeshFold.EMPTY, planner.offered(MeshFold.EMPTY, offer, SEEN, NOW));
  }

  private static Offer offerOf(int endpoints) {
    return Samples.offer(
        WEB,
        IntStream.range(0, endpoints)
            .mapToObj(i -> "10.1." + i / 250 + "." + i % 250)
            .toArray(String[]::new));
  }

  private static Set<String> addresses(EndpointList endpoints) {
    var addresses = new HashSet<String>();
    endpoints.endpoints().stream().map(Endpoint::address).forEach(addresses::add);
    return addresses;
  }

  private static Map<Integer, Set<String>> chunksOf(List<Publication> publications) {
    var chunks = new HashMap<Integer, Set<String>>();
    for (Publication publication : publications) {
      MeshRecord record = publication.record();
      if (record instanceof EndpointsChanged changed) {
        chunks.put(changed.chunk(), addresses(changed.endpoints()));
      }
    }
    return chunks;
  }

  private static Set<String> union(Map<Integer, Set<String>> chunks) {
    var all = new HashSet<String>();
    chunks.values().forEach(all::addAll);
    return all;
  }
}
