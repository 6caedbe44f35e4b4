package io.meshbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.log.LogEvent;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CatalogKeeperTest {
  private static final MeshId A = new MeshId("a");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CatalogKeeper keeper = new CatalogKeeper();

  @Test
  void givesASubscriberWhatIsThereAndThenEveryChange() {
    keeper.accept(new LogEvent.Restarted(A, "test"));
    keeper.accept(new LogEvent.CaughtUp(A));
    offer(0);
    var first = new ArrayList<Catalog.Change>();
    var later = new ArrayList<Catalog.Change>();

    keeper.subscribe(first::add, later::add);
    offer(1);

    assertThat(first).singleElement().satisfies(all -> assertThat(all.meshes()).contains(A));
    assertThat(later)
        .singleElement()
        .satisfies(change -> assertThat(change.services()).containsExactly(service(1)));
    assertThat(keeper.current()).isSameAs(later.getFirst().catalog());
  }

  @Test
  void tellsNothingAfterUnsubscribing() {
    var later = new ArrayList<Catalog.Change>();
    Consumer<Catalog.Change> listener = later::add;
    keeper.subscribe(first -> {}, listener);

    keeper.unsubscribe(listener);
    offer(0);

    assertThat(later).isEmpty();
  }

  @Test
  void aSubscriberMissesNothingWhileOthersWrite() throws InterruptedException {
    keeper.accept(new LogEvent.Restarted(A, "test"));
    keeper.accept(new LogEvent.CaughtUp(A));
    var writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    offer(i);
                  }
                });
    var told = new CopyOnWriteArrayList<Integer>();

    keeper.subscribe(
        first -> told.add(first.catalog().services(A).size()),
        change -> told.add(change.catalog().services(A).size()));
    writer.join();

    var inOrder = new ArrayList<Integer>();
    for (int i = told.getFirst(); i <= 500; i++) {
      inOrder.add(i);
    }
    assertThat(told).isEqualTo(inOrder);
  }

  @Test
  void waitsForWhatIsToCome() throws InterruptedException {
    var came = new AtomicBoolean();
    var waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    came.set(keeper.await(now -> now.member(A).isPresent(), LONG));
                  } catch (InterruptedException impossible) {
                    Thread.currentThread().interrupt();
                  }
                });
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    keeper.members(Map.of(A, Member.active(A, "istio")));

    waiting.join();
    assertThat(came).isTrue();
  }

  @Test
  void doesNotWaitForWhatIsThereNorForEver() throws InterruptedException {
    assertThat(keeper.await(now -> true, Duration.ZERO)).isTrue();
    assertThat(keeper.await(now -> false, Duration.ofMillis(1))).isFalse();
  }

  private void offer(int number) {
    keeper.accept(
        new LogEvent.Entries(A, List.of(LogEntries.exported(Samples.export(service(number))))));
  }

  private static ServiceKey service(int number) {
    return Samples.key("a", "shop", "service-" + number);
  }
}
