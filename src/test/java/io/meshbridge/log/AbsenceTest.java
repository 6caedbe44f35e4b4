package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.catalog.Standing;
import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.kafka.RunningThread;
import io.meshbridge.logging.LinesOf;
import io.meshbridge.model.Member;
import io.meshbridge.testkit.Outcomes;
import io.meshbridge.tracing.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a reader's catalog when it was away for days, as {@code docs/outcomes.md} has it.
 * Here and not with the other rows, since no process can be made to believe that days went by.
 */
class AbsenceTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final FederationTopics TOPICS = new FederationTopics("away");

  @Test
  void readsAnewAndKeepsWhatIsStillThere() throws Exception {
    var row = Outcomes.row("reader-away");
    var clock = new TestClock();
    var catalog = new CatalogKeeper();
    catalog.members(Map.of(Samples.MESH, Member.active(Samples.MESH, "istio")));
    var log = new LinesOf(ReadingLoop.class);
    try (var broker = EmbeddedBroker.start()) {
      // Given
      var clients = new KafkaClients(broker.settingsForClients());
      broker.createTopic(TOPICS.mesh(Samples.MESH));
      publishSamples(clients);
      var reader = readerOf(clients, catalog, clock);
      reader.follow(Set.of(Samples.MESH));
      var running = RunningThread.start(reader::run);
      await().atMost(SOON).until(() -> catalog.current().mesh(Samples.MESH).readings() == 1);

      // When
      clock.advance(Duration.ofDays(4));

      // Then
      await().atMost(SOON).until(() -> catalog.current().mesh(Samples.MESH).readings() == 2);
      assertThat(stateIn(catalog)).isEqualTo(row.state());
      assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(row.log()));
      assertThat(reader.connected()).isEqualTo(row.keepsRunning());
      running.close();
    } finally {
      log.close();
    }
  }

  private static void publishSamples(KafkaClients clients) throws Exception {
    var codec = new RecordCodec();
    try (var publisher =
        new MeshPublisher(
            TOPICS.mesh(Samples.MESH),
            TOPICS.source(Samples.MESH),
            clients.producer(),
            TOPICS.transactionalId(Samples.MESH))) {
      publisher.open();
      publisher.publish(List.of(codec.encode(Samples.EXPORTED, Samples.NOW)));
    }
  }

  private static MeshLogReader readerOf(
      KafkaClients clients, CatalogKeeper catalog, TestClock clock) {
    return new MeshLogReader(
        TOPICS,
        clients,
        new RecordCodec(),
        catalog,
        letter -> {},
        LogMetrics.NONE,
        Tracing.NONE,
        clock,
        System::nanoTime);
  }

  private static String stateIn(CatalogKeeper catalog) {
    return switch (catalog.current().standing(Samples.CATALOG)) {
      case Standing.Present ignored -> "service present";
      case Standing.Gone ignored -> "service gone";
      case Standing.Unknown ignored -> "service unknown";
    };
  }
}
