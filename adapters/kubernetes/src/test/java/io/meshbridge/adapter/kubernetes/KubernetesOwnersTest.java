package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.Arrival.State;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Owners;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.HandClock;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesOwnersTest {
  private static final String NOON = "2026-11-22T12:00:00Z";
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId WEST = new MeshId("west");
  private static final Telling BOTH = new Telling(true, true, true);

  private final AtomicLong passed = new AtomicLong();
  private final HandClock clock = HandClock.at(NOON);
  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  private KubernetesTestApi api;
  private ServiceExports exports;
  private KubernetesAccess access;
  private Owners owners;

  @BeforeEach
  void start() {
    api = KubernetesTestApi.startInMemory();
    api.namespace("shop");
    exports = new ServiceExports(api, "shop");
    access =
        new KubernetesAccess(
            Settings.check(
                KubernetesSettings.specs(), Map.of("kubeconfig", api.kubeconfig().toString())));
    owners = owners(BOTH);
  }

  @AfterEach
  void stop() {
    owners.close();
    access.close();
    api.close();
  }

  @Test
  void tellsWhatStandsOnceHoweverOftenItIsTold() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    assertThat(touched).containsExactly(key("web"));

    tell(imported("web"));
    clock.advance(Duration.ofHours(1));
    tell(imported("web"));
    awaitFeed("later");
    tell(imported("web"));

    assertThat(writes("/status")).hasSize(1);
    assertThat(exports.conditions("web"))
        .extracting(
            one -> one.get("type"),
            one -> one.get("status"),
            one -> one.get("reason"),
            one -> one.get("observedGeneration"),
            one -> one.get("lastTransitionTime"))
        .containsExactly(
            tuple("Valid", "True", "Valid", 1, NOON),
            tuple("Ready", "True", "Exported", 1, NOON),
            tuple("Conflict", "False", "NoConflicts", 1, NOON));
  }

  @Test
  void whoeverSpeaksNextForTheMeshWritesNothingIfNothingDiffers() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    tell(imported("web"));
    clock.advance(Duration.ofHours(1));

    try (var next = owners(BOTH)) {
      next.start(touched::add);
      var report = imported("web");
      next.tell(new ExportNews(report, report, clock.instant()), WritePermit.ALWAYS);
    }

    assertThat(writes("")).hasSize(1);
  }

  @Test
  void changesTheTimeOfAConditionOnlyWithItsStatus() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    tell(imported("web"));

    clock.advance(Duration.ofHours(1));
    tell(with("web", State.STALE, ""));
    assertThat(exports.condition("web", "Ready"))
        .containsEntry("lastTransitionTime", NOON)
        .containsEntry("message", "kept in west as web-east as last known");

    tell(with("web", State.REFUSED, "nobody may call it"));
    assertThat(exports.condition("web", "Ready"))
        .containsEntry("status", "False")
        .containsEntry("reason", "Failed")
        .containsEntry("message", "refused by west: nobody may call it")
        .containsEntry("lastTransitionTime", "2026-11-22T13:00:00Z");
    assertThat(exports.condition("web", "Valid")).containsEntry("lastTransitionTime", NOON);
  }

  @Test
  void oneChangeAmongManyIsOneWrite() throws Exception {
    int many = 200;
    for (int i = 0; i < many; i++) {
      exports.create("web-" + i);
      service("web-" + i);
    }
    owners = restarted(new Telling(true, true, false));
    owners.start(touched::add);
    for (int i = 0; i < many; i++) {
      tell(imported("web-" + i));
    }
    assertThat(writes("")).hasSize(many);

    for (int i = 0; i < many; i++) {
      tell(i == 77 ? with("web-77", State.CONFLICT, "held by theirs") : imported("web-" + i));
    }

    assertThat(writes("")).hasSize(many + 1).last().asString().contains("/web-77/status");
    assertThat(exports.condition("web-77", "Conflict"))
        .containsEntry("status", "True")
        .containsEntry("reason", "NameConflict")
        .containsEntry("message", "in west the name web-east is held by theirs");
  }

  @Test
  void speaksOfTheGenerationThatItHasSeen() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    tell(imported("web"));
    touched.clear();

    exports.relabel("web", Map.of("tier", "web"));
    await().until(() -> touched.contains(key("web")));
    tell(imported("web"));

    assertThat(exports.conditions("web"))
        .extracting(one -> one.get("observedGeneration"))
        .containsOnly(2);
  }

  @Test
  void saysThatThereIsNoServiceAndThatThereIsOne() throws Exception {
    exports.create("web");
    owners.start(touched::add);
    tell(ExportReport.nothing(key("web")));
    assertThat(exports.condition("web", "Valid"))
        .containsEntry("status", "False")
        .containsEntry("reason", "NoService");
    touched.clear();

    service("web");
    await().until(() -> touched.contains(key("web")));
    tell(imported("web"));

    assertThat(exports.condition("web", "Valid")).containsEntry("reason", "Valid");
  }

  @Test
  void leavesServicesAloneThatNoServiceExportMarks() throws Exception {
    service("web");
    owners = restarted(new Telling(true, true, false));
    owners.start(touched::add);

    tell(imported("web"));

    assertThat(touched).isEmpty();
    assertThat(writes("")).isEmpty();
  }

  @Test
  void leavesAConditionToTheControllerThatHoldsItAndSaysTheRest() throws Exception {
    exports.create("web");
    service("web");
    exports.applyStatus(
        "web",
        "theirs",
        Map.of("conditions", List.of(ServiceExports.condition("Ready", "True", "Theirs"))));
    owners.start(touched::add);

    tell(with("web", State.REFUSED, "nobody may call it"));
    int writes = writes("").size();
    tell(with("web", State.REFUSED, "nobody may call it"));

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Theirs");
    assertThat(exports.condition("web", "Valid")).containsEntry("reason", "Valid");
    assertThat(exports.condition("web", "Conflict")).containsEntry("reason", "NoConflicts");
    assertThat(writes("/status")).hasSize(2);
    assertThat(writes("").size()).as("telling it again").isEqualTo(writes);
  }

  @Test
  void leavesConditionsToWhoeverUndoesThemUntilThereIsSomethingElseToSay() throws Exception {
    exports.create("web");
    service("web");
    owners = restarted(new Telling(true, true, false));
    owners.start(touched::add);
    for (int i = 0; i < 10; i++) {
      tell(imported("web"));
      exports.overwriteStatus("web", Map.of("conditions", List.of()));
      awaitFeed("mark-" + i);
    }
    assertThat(writes("/status")).hasSize(4);

    tell(with("web", State.REFUSED, "nobody may call it"));

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Failed");
  }

  @Test
  void aServiceExportOfTheSameNameIsAnotherOne() throws Exception {
    service("web");
    owners.start(touched::add);
    for (int i = 0; i < 6; i++) {
      touched.clear();
      exports.create("web");
      await().until(() -> touched.contains(key("web")));
      tell(imported("web"));
      assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Exported");
      touched.clear();
      exports.delete("web");
      await().until(() -> touched.contains(key("web")));
    }
  }

  @Test
  void saysNothingWhileItCannotReadWhatStands() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    api.block();
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> tell(imported("web")))
                    .isInstanceOf(MeshUnavailableException.class));
    api.unblock();

    await().ignoreException(MeshUnavailableException.class).until(() -> tells(imported("web")));

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Exported");
  }

  @Test
  void asksOnlyNowAndThenWhereItMayNotWriteAndGoesOnWhenItMay() throws Exception {
    exports.create("web");
    service("web");
    exports.create("cart");
    service("cart");
    owners.start(touched::add);
    api.refuse(request -> request.startsWith("PATCH"), 1, 403, "");

    for (int i = 0; i < 5; i++) {
      tell(imported("web"));
      tell(imported("cart"));
    }
    assertThat(writes("/status")).hasSize(1);
    assertThat(exports.conditions("web")).isEmpty();

    passed.addAndGet(Duration.ofMinutes(1).toNanos());
    tell(imported("web"));
    tell(imported("cart"));

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Exported");
    assertThat(exports.condition("cart", "Ready")).containsEntry("reason", "Exported");
  }

  @Test
  void doesWithoutEventsWhereItMayNotWriteThem() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    api.refuse(request -> request.startsWith("POST"), 2, 403, "");

    news(ExportReport.nothing(key("web")), imported("web"));
    assertThat(api.events()).hasSize(2);
    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Exported");

    news(imported("web"), with("web", State.HELD, "too many"));
    assertThat(api.events()).hasSize(4);
  }

  @Test
  void writesNothingWithoutAPermit() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    WritePermit never =
        () -> {
          throw new NotLeadingException("somebody else leads");
        };

    assertThatThrownBy(
            () ->
                owners.tell(
                    new ExportNews(
                        ExportReport.nothing(key("web")), imported("web"), clock.instant()),
                    never))
        .isInstanceOf(NotLeadingException.class);

    assertThat(writes("")).isEmpty();
  }

  @Test
  void anEventIsOnTheServiceAndOnItsServiceExportAndWhatWasSaidLastIsNotSaidAgain()
      throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    var pending = with("web", State.PENDING, "");
    var refused = with("web", State.REFUSED, "nobody may call it");

    news(pending, refused);
    news(refused, pending);
    news(pending, refused);

    assertThat(api.events())
        .extracting(
            event -> event.get("regarding", "kind"),
            event -> event.get("reason"),
            event -> event.get("type"),
            event -> event.get("note"),
            event -> event.get("reportingController"))
        .containsExactlyInAnyOrder(
            tuple(
                "Service",
                "ImportRefused",
                "Warning",
                "refused by west: nobody may call it",
                "meshbridge.io/bridge"),
            tuple(
                "ServiceExport",
                "ImportRefused",
                "Warning",
                "refused by west: nobody may call it",
                "meshbridge.io/bridge"));
    var uid =
        api.client().services().inNamespace("shop").withName("web").get().getMetadata().getUid();
    assertThat(api.events())
        .filteredOn(event -> "Service".equals(event.get("regarding", "kind")))
        .extracting(event -> event.get("regarding", "uid"))
        .containsExactly(uid);
  }

  @Test
  void anEventThatWasTriedBeforeIsTheSameEvent() throws Exception {
    service("web");
    owners = restarted(new Telling(false, false, true));
    owners.start(touched::add);
    var news = new ExportNews(ExportReport.nothing(key("web")), imported("web"), clock.instant());
    owners.tell(news, WritePermit.ALWAYS);
    assertThat(api.events()).hasSize(2);

    try (var next = owners(new Telling(false, false, true))) {
      next.start(touched::add);
      next.tell(news, WritePermit.ALWAYS);
    }

    assertThat(api.events()).hasSize(2);
  }

  @Test
  void anEventIsNoLongerThanTheServerTakes() throws Exception {
    service("web");
    owners = restarted(new Telling(false, false, true));
    owners.start(touched::add);

    news(imported("web"), with("web", State.REFUSED, "\u20ac\n".repeat(5_000)));

    assertThat(api.events())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.<String>get("note").getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(1_000, 1_024));
  }

  @Test
  void tooManyEventsAreLeftOutAndConditionsAreNot() throws Exception {
    exports.create("web");
    service("web");
    owners.start(touched::add);
    for (int i = 0; i < 40; i++) {
      news(with("web", State.REFUSED, "a" + i), with("web", State.REFUSED, "a" + (i + 1)));
    }

    assertThat(api.events()).hasSizeBetween(5, 12);
    assertThat(exports.condition("web", "Ready")).containsEntry("message", "refused by west: a40");
  }

  private Owners restarted(Telling telling) {
    owners.close();
    return owners(telling);
  }

  private Owners owners(Telling telling) {
    return KubernetesOwners.of(
            access,
            telling,
            ResourceQuery.all(ResourceType.SERVICE),
            OwnMarks::isExported,
            new ConnectionContext("shops", new MeshDescriptor(EAST, "istio", "", "", ""), clock),
            new Random(7),
            () -> System.nanoTime() + passed.get())
        .orElseThrow();
  }

  private void tell(ExportReport report) throws Exception {
    owners.tell(new ExportNews(report, report, clock.instant()), WritePermit.ALWAYS);
  }

  private boolean tells(ExportReport report) throws Exception {
    tell(report);
    return true;
  }

  private void news(ExportReport before, ExportReport now) throws Exception {
    clock.advance(Duration.ofSeconds(1));
    owners.tell(new ExportNews(before, now, clock.instant()), WritePermit.ALWAYS);
  }

  /**
   * Waits until the feed has told of our own write: an object that was changed after it is seen.
   */
  private void awaitFeed(String name) {
    exports.create(name);
    await().until(() -> touched.contains(key(name)));
  }

  private List<String> writes(String part) {
    return api.requests().stream()
        .filter(request -> !request.startsWith("GET"))
        .filter(request -> request.contains(part))
        .toList();
  }

  private static ServiceKey key(String name) {
    return new ServiceKey(EAST, "shop", name);
  }

  private static ExportReport imported(String name) {
    return with(name, State.IMPORTED, "");
  }

  private static ExportReport with(String name, State state, String reason) {
    return new ExportReport(
        key(name), true, "", new TreeMap<>(Map.of(WEST, new Arrival(state, "web-east", reason))));
  }

  private void service(String name) {
    api.client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of("meshbridge.io/export", "true"))
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build())
        .create();
  }
}
