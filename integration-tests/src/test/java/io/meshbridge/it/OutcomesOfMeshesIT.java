package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.testkit.Outcomes;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What becomes of what meshes say, and of what fails around a bridge, as {@code docs/outcomes.md}
 * has it. Four processes for all: three bridges that have to do with different faults, one broker.
 */
final class OutcomesOfMeshesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Map<String, String> RIGHT =
      Map.of(
          "cleanup.policy",
          "compact",
          "delete.retention.ms",
          Long.toString(Duration.ofDays(7).toMillis()));
  private static final Map<String, String> WRONG =
      Map.of("cleanup.policy", "delete", "delete.retention.ms", "1000");

  private static Federation federation;
  private static Federation withWrongTopic;
  private static Admin admin;
  private static BridgeProcess bridge;
  private static Told told;
  private static BridgeProcess withoutKafka;
  private static BridgeProcess waiting;

  @BeforeAll
  static void start() throws Exception {
    admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", KAFKA.broker().bootstrapServers()));
    federation = Federation.ofFolders(KAFKA.broker(), "meshes");
    withWrongTopic = Federation.ofFolders(KAFKA.broker(), "wrong");
    Topics.create(admin, withWrongTopic.meshTopic(withWrongTopic.east()).name(), WRONG);
    waiting = withWrongTopic.start(withWrongTopic.bridge("waiting"));
    var nowhere = LoopbackPorts.ADDRESS + ":" + new LoopbackPorts(new Random()).free();
    withoutKafka =
        federation.start(
            federation
                .bridge("without-kafka")
                .with(federation.configuration().with("kafka.bootstrap.servers", nowhere)));
    addMembers(Map.of("east", "istio", "west", "consul", "north", "consul", "taken", "linkerd"));
    federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
    var configuration =
        federation
            .configuration()
            .with("meshbridge.membership.automatic", "false")
            .withMesh("north", Map.of("kind", "consul", "settings.url", "http://" + nowhere))
            .withFolder("stranger", "istio", federation.folder().resolve("stranger"))
            .withFolder("taken", "istio", federation.folder().resolve("taken"));
    bridge = federation.startReady(federation.bridge("bridge").with(configuration));
    told = new Told(bridge);
    await().atMost(SOON).until(() -> told.importIn("west", "reviews").equals("import Applied"));
  }

  private static void addMembers(Map<String, String> kinds) throws Exception {
    Topics.create(admin, federation.topic("members").name(), RIGHT);
    try (var records = new RawRecords(KAFKA.broker())) {
      for (var mesh : kinds.entrySet()) {
        var suffix = mesh.getKey() + ".mesh.internal";
        PlayedMesh.tellMember(
            federation,
            records,
            PlayedMesh.member(mesh.getKey(), suffix, List.of()).put("kind", mesh.getValue()));
      }
    }
  }

  @AfterAll
  static void stop() {
    federation.close();
    withWrongTopic.close();
    admin.close();
  }

  @Test
  void kafkaThatIsNotThereAtTheStart() {
    var row = Outcomes.row("kafka-unreachable");

    Seen.fromTheStart(withoutKafka, row).await(() -> new Told(withoutKafka).readiness());
  }

  @Test
  void aTopicWithWrongSettings() {
    var row = Outcomes.row("topic-wrong-settings");

    Seen.fromTheStart(waiting, row).await(() -> new Told(waiting).readiness());
  }

  @Test
  void aConsulThatIsNotThere() {
    var row = Outcomes.row("consul-unreachable");

    Seen.fromTheStart(bridge, row).await(() -> "source " + told.ofMesh("north", "source"));
  }

  @Test
  void aMeshThatIsNoMember() {
    var row = Outcomes.row("not-a-member");

    Seen.fromTheStart(bridge, row).await(() -> told.membership("stranger"));
  }

  @Test
  void aMeshUnderTheIdOfAnother() {
    var row = Outcomes.row("mesh-id-taken");

    Seen.fromTheStart(bridge, row).await(() -> "role " + told.ofMesh("taken", "role"));
  }

  @Test
  void kafkaThatGoesAway() throws Exception {
    var seen = Seen.before(bridge, Outcomes.row("kafka-lost"));

    KAFKA.broker().kill();

    try {
      seen.await(() -> told.importIn("west", "reviews"));
    } finally {
      KAFKA.broker().restart();
    }
    assertGoesOn("after-the-outage");
  }

  @Test
  void aTopicThatIsRecreated() throws Exception {
    var seen = Seen.before(bridge, Outcomes.row("topic-recreated"));

    Topics.recreateEmpty(admin, eastTopic().name());

    seen.await(() -> told.importIn("west", "reviews"));
    assertFilledAgain("after-the-recreation");
  }

  @Test
  void aTopicThatIsEmptied() throws Exception {
    var seen = Seen.before(bridge, Outcomes.row("topic-emptied"));

    Topics.deleteOlder(admin, eastTopic().name(), 100);

    seen.await(() -> told.importIn("west", "reviews"));
    assertFilledAgain("after-the-emptying");
  }

  @Test
  void aTopicThatIsTruncated() throws Exception {
    var seen = Seen.before(bridge, Outcomes.row("topic-truncated"));

    Topics.deleteOlder(admin, eastTopic().name(), 50);

    seen.await(() -> told.importIn("west", "reviews"));
    assertFilledAgain("after-the-truncation");
  }

  private static void assertFilledAgain(String next) throws Exception {
    await("the topic tells all of the mesh again")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(eastTopic().facts())
                    .extracting(Topic.Entry::key)
                    .contains("v1/export/shop/reviews"));
    assertGoesOn(next);
    assertThat(told.importIn("west", "reviews")).isEqualTo("import Applied");
  }

  /** What changes goes on to arrive. */
  private static void assertGoesOn(String service) throws Exception {
    federation.put(federation.east(), Shop.of(service, 9080, "10.1.0.2"));
    await(service + " arrives")
        .atMost(Federation.CONVERGENCE)
        .until(() -> told.importIn("west", service).equals("import Applied"));
  }

  @Test
  void aManifestThatBecomesNoYaml() throws Exception {
    var row = Outcomes.row("manifest-no-yaml");
    assertGoesOn(row.id());
    var seen = Seen.before(bridge, row);

    writeInEast(row.id(), "apiVersion: v1\nkind: Service\nmetadata: [unclosed\n");

    seen.await(() -> told.importIn("west", row.id()));
    federation.put(federation.east(), Shop.of(row.id(), 9080, "10.1.0.1"));
  }

  @Test
  void aConsulNameThatIsNoNameInTheTarget() throws Exception {
    var seen = Seen.before(bridge, Outcomes.row("consul-name-invalid"));

    federation.put(federation.west(), Shop.of("Order_Service", 7070, "10.2.0.9"));

    seen.await(() -> told.importIn("east", "Order_Service"));
  }

  @Test
  void anEndpointWithoutAnAddress() throws Exception {
    var row = Outcomes.row("endpoint-without-address");
    var seen = Seen.before(bridge, row);

    var manifest = IstioObjects.manifest("shop", Shop.of(row.id(), 9080, "10.1.0.1"));
    writeInEast(row.id(), manifest + "  - addresses: []\n    conditions: {ready: true}\n  - {}\n");

    seen.await(() -> told.importIn("west", row.id()));
  }

  @Test
  void aServiceThatIsTooLarge() throws Exception {
    var row = Outcomes.row("export-too-large");
    var seen = Seen.before(bridge, row);
    var labels =
        IntStream.range(0, 25_000)
            .mapToObj(
                "    label-with-a-rather-long-name-%1$05d: value-of-label-%1$05d\n"::formatted)
            .collect(Collectors.joining());
    var manifest = IstioObjects.manifest("shop", Shop.of(row.id(), 9080, "10.1.0.1"));

    writeInEast(row.id(), manifest.replaceFirst("  labels:\n", "  labels:\n" + labels));

    seen.await(() -> told.importIn("west", row.id()));
  }

  private static void writeInEast(String name, String manifest) throws Exception {
    ((IstioFolderRig) federation.east()).files().write(name + ".yaml", manifest);
  }

  private static Topic eastTopic() {
    return federation.meshTopic(federation.east());
  }
}
