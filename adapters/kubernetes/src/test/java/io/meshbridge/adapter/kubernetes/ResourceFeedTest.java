package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceFeedTest {
  private static final int MORE_THAN_A_PAGE = 510;

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
  void aListThatIsCutAfterItsFirstPageSaysNothingOfAnyObject() {
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      configMap("map-" + i);
    }
    api.expireNextPage();

    watch(ResourceType.CONFIG_MAP);

    await().until(() -> events.size() == 2);
    assertThat(events.getFirst()).isInstanceOf(FeedEvent.Failed.class);
    assertThat(listedIn(events.getLast())).isEqualTo(MORE_THAN_A_PAGE);
  }

  @Test
  void historyThatIsGoneLeadsToANewListAndNotToAFailure() {
    watch(ResourceType.CONFIG_MAP);
    await().until(() -> events.size() == 1);
    configMap("first");
    await().until(() -> events.size() == 2);

    // A change of another kind moves the server on, past where this watch stands.
    api.namespace("elsewhere");
    api.forgetHistory();
    api.cutConnections();

    await().until(() -> events.size() == 3);
    assertThat(listedIn(events.getLast())).isEqualTo(1);
    assertThat(events).noneMatch(FeedEvent.Failed.class::isInstance);
  }

  @Test
  void aKindThatIsNotInstalledIsUnknownAndNoFailure() {
    watch(new ResourceType("no.example.com", "v1", "Nothing", "nothings", true));

    await().until(() -> !events.isEmpty());
    assertThat(events).containsExactly(new FeedEvent.Unknown<>());
  }

  @Test
  void aKindThatWasThereAndIsNotAnyMoreIsAFailedRead() {
    var entries =
        new ResourceType("networking.istio.io", "v1", "ServiceEntry", "serviceentries", true);
    watch(entries);
    await().until(() -> events.size() == 1);
    api.client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("serviceentries.networking.istio.io")
        .delete();

    api.cutConnections();

    await().until(() -> events.size() > 1);
    assertThat(events.getLast()).isInstanceOf(FeedEvent.Failed.class);
  }

  private static int listedIn(FeedEvent<String> event) {
    return event instanceof FeedEvent.Listed<String> listed ? listed.objects().size() : -1;
  }

  private void watch(ResourceType type) {
    feeds.start(ResourceQuery.all(type), object -> object.key().name(), events::add);
  }

  private void configMap(String name) {
    api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }
}
