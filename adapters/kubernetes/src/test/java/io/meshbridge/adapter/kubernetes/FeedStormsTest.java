package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a feed does to a server that is asked too much, or cuts its watches. */
class FeedStormsTest {
  private static final String COLLECTION = "configmaps.";
  private static final int MORE_THAN_A_PAGE = 510;
  private static final int CHANGES = 10_000;
  private static final Predicate<String> WATCHES = request -> request.contains("watch=true");
  private static final Predicate<String> SECOND_PAGES = request -> request.contains("continue=");
  // The feed looks with a limit of 1 whether the server is there.
  private static final Predicate<String> LISTS = request -> request.contains("limit=500");

  private final List<FeedEvent<String>> events = new CopyOnWriteArrayList<>();
  private KubernetesTestApi api;
  private KubernetesAccess access;
  private FeedGroup feeds;

  @BeforeEach
  void start() {
    api = KubernetesTestApi.startInMemory();
    access =
        new KubernetesAccess(
            Settings.check(
                KubernetesSettings.specs(), Map.of("kubeconfig", api.kubeconfig().toString())));
    feeds = new FeedGroup("here", access, new Random(7));
  }

  @AfterEach
  void stop() {
    feeds.close();
    access.close();
    api.close();
  }

  @Test
  void aPageThatIsRefusedIsAskedForAgainAfterThePauseAndNothingIsReadTwice() {
    put(MORE_THAN_A_PAGE);
    api.refuse(SECOND_PAGES, 1, 429, "1");
    long begin = System.nanoTime();

    watch();

    await().until(() -> !events.isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(events).hasSize(1);
    assertThat(listed()).isEqualTo(MORE_THAN_A_PAGE);
    assertThat(count(LISTS.and(SECOND_PAGES.negate()))).isEqualTo(1);
    assertThat(count(SECOND_PAGES)).isEqualTo(2);
  }

  @Test
  void aPageThatIsRefusedWithoutATimeIsAskedForAgainToo() {
    put(MORE_THAN_A_PAGE);
    api.refuse(SECOND_PAGES, 2, 429, "");

    watch();

    await().until(() -> !events.isEmpty());
    assertThat(listed()).isEqualTo(MORE_THAN_A_PAGE);
    assertThat(count(SECOND_PAGES)).isEqualTo(3);
  }

  @Test
  void aWatchThatIsRefusedGoesOnWhereItWasWithoutANewListAndIsNoFailure() {
    put(1);
    watch();
    await().until(() -> count(WATCHES) == 1);
    api.refuse(WATCHES, 1, 429, "1");

    api.cutConnections();
    await().until(() -> count(WATCHES) >= 2);
    put(2);

    await().until(() -> changed() >= 2);
    assertThat(count(LISTS)).isEqualTo(1);
    assertThat(events).noneMatch(FeedEvent.Failed.class::isInstance);
  }

  @Test
  void aServerThatIsUnavailableAndSaysForHowLongIsWaitedFor() {
    put(1);
    api.refuse(LISTS, 1, 503, "1");

    watch();

    await().until(() -> !events.isEmpty());
    assertThat(listed()).isEqualTo(1);
    assertThat(count(LISTS)).isEqualTo(2);
  }

  @Test
  void aWatchThatIsCutAmongTenThousandChangesMissesNoneAndListsOnce() {
    put(1);
    watch();
    await().until(() -> count(WATCHES) == 1);

    for (int part = 1; part <= 4; part++) {
      int from = CHANGES / 4 * (part - 1);
      put(from, from + CHANGES / 4);
      await().until(() -> changed() > from);
      api.cutConnections();
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> lastChanged().equals(name(CHANGES - 1)));
    assertThat(events.stream().filter(FeedEvent.Changed.class::isInstance))
        .extracting(FeedStormsTest::nameIn)
        .containsExactlyElementsOf(names());
    assertThat(count(LISTS)).isEqualTo(1);
    assertThat(count(WATCHES)).isBetween(2L, 10L);
  }

  private static List<String> names() {
    return IntStream.range(0, CHANGES).mapToObj(FeedStormsTest::name).toList();
  }

  private void watch() {
    feeds.start(
        ResourceQuery.all(ResourceType.CONFIG_MAP), object -> object.key().name(), events::add);
  }

  private void put(int count) {
    put(0, count);
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      var object = JsonNodeFactory.instance.objectNode();
      object.put("apiVersion", "v1").put("kind", "ConfigMap");
      object.putObject("metadata").put("namespace", "default").put("name", name(i));
      api.put(COLLECTION, object);
    }
  }

  private static String name(int number) {
    return "map-" + number;
  }

  private int listed() {
    return events.getFirst() instanceof FeedEvent.Listed<String> listed
        ? listed.objects().size()
        : -1;
  }

  private long changed() {
    return events.stream().filter(FeedEvent.Changed.class::isInstance).count();
  }

  private String lastChanged() {
    return nameIn(events.getLast());
  }

  private static String nameIn(FeedEvent<String> event) {
    return event instanceof FeedEvent.Changed<String> changed ? changed.object() : "";
  }

  private long count(Predicate<String> which) {
    return api.requests().stream().filter(which).count();
  }
}
