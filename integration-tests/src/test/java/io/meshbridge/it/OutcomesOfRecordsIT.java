package io.meshbridge.it;

import static io.meshbridge.it.PlayedMesh.exportKey;
import static io.meshbridge.it.PlayedMesh.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.testkit.Outcomes;
import io.meshbridge.testkit.Outcomes.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What becomes of odd records in the log, as {@code docs/outcomes.md} has it. Each row has a
 * service of its own, of that name.
 */
final class OutcomesOfRecordsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REACHABLE = "10.9.0.1";
  private static final int FLOOD = 100_000;
  // Some thousand a second are read, on a machine that is busy with other tests.
  private static final Duration AFTER_FLOOD = Duration.ofSeconds(90);

  private static Federation federation;
  private static RawRecords records;
  private static BridgeProcess bridge;
  private static Told told;
  private static PlayedMesh far;
  private static PlayedMesh open;
  private static PlayedMesh sly;

  @BeforeAll
  static void start() throws Exception {
    federation = Federation.ofFolders(KAFKA.broker(), "records");
    records = new RawRecords(KAFKA.broker());
    createTopics("members", "mesh.far", "mesh.open", "mesh.sly");
    far = PlayedMesh.join(federation, records, "far", "far.mesh.internal", List.of("10.9.0.0/16"));
    open = PlayedMesh.join(federation, records, "open", "open.mesh.internal", List.of());
    sly = PlayedMesh.join(federation, records, "sly", "svc.cluster.local", List.of());
    var configuration = federation.configuration().with("meshbridge.heartbeat.stale-after", "1h");
    bridge = federation.startReady(federation.bridge("bridge").with(configuration));
    told = new Told(bridge);
  }

  private static void createTopics(String... names) throws Exception {
    var settings =
        Map.of(
            "cleanup.policy", "compact",
            "delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
            "max.message.bytes", Integer.toString(10 << 20));
    try (var admin =
        Admin.create(
            Map.<String, Object>of("bootstrap.servers", KAFKA.broker().bootstrapServers()))) {
      for (String name : names) {
        Topics.create(admin, federation.topic(name).name(), settings);
      }
    }
  }

  @AfterAll
  static void stop() {
    federation.close();
    records.close();
  }

  @Test
  void malformedJson() throws Exception {
    var row = Outcomes.row("malformed-json");
    var seen = standing(row);

    long offset = far.sendExport(row.id(), type("export"), "{\"mesh\": ");

    seen.await(() -> importInWest(row.id()));
    assertDeadLetter(far.topic(), offset);
  }

  @Test
  void aRecordThatSpeaksForAnotherMesh() throws Exception {
    var row = Outcomes.row("record-for-another-mesh");
    var seen = standing(row);

    long offset = far.sendExport(far.export(row.id()).put("mesh", "east"));

    seen.await(() -> importInWest(row.id()));
    assertDeadLetter(far.topic(), offset);
  }

  @Test
  void anEventOfFiveMegabytes() throws Exception {
    var row = Outcomes.row("event-5mb");
    var seen = standing(row);

    long offset = far.sendExport(far.export(row.id()).put("padding", "x".repeat(5_000_000)));

    seen.await(() -> importInWest(row.id()));
    assertDeadLetter(far.topic(), offset);
  }

  @Test
  void aFloodOfMalformedJson() throws Exception {
    var row = Outcomes.row("flood");
    open.offer(row.id(), REACHABLE);
    open.offer("beside-the-flood", REACHABLE);
    await().atMost(SOON).until(() -> importInWest(row.id()).equals("import Applied"));
    var seen = Seen.before(bridge, row);
    double poison = poisonOf("open");

    records.flood(open.topic(), exportKey(row.id()), type("export"), "{\"mesh\": ", FLOOD);
    open.offer("after-the-flood", REACHABLE);

    seen.await(() -> importInWest(row.id()));
    await()
        .atMost(AFTER_FLOOD)
        .until(() -> importInWest("after-the-flood").equals("import Applied"));
    assertThat(poisonOf("open")).isEqualTo(poison + FLOOD);
    assertThat(importInWest("beside-the-flood")).isEqualTo("import Applied");
    assertThat(federation.topic("dead-letters").entries()).hasSizeLessThan(1_000);
  }

  private static double poisonOf(String mesh) throws Exception {
    return Metrics.of(bridge)
        .sum("meshbridge_log_oddities_total{mesh=\"%s\",what=\"poison\"}".formatted(mesh));
  }

  @Test
  void anUnknownType() throws Exception {
    var row = Outcomes.row("unknown-type");
    var seen = standing(row);

    far.sendExport(row.id(), "io.meshbridge.export.v9", far.export(row.id()).toString());

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInAccess() throws Exception {
    var row = Outcomes.row("unknown-field-access");
    var seen = standing(row);
    var export = far.export(row.id());
    export.withObject("/access").put("colour", "blue");

    far.sendExport(export);

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInTraffic() throws Exception {
    var row = Outcomes.row("unknown-field-traffic");
    var seen = standing(row);
    var export = far.export(row.id());
    export.putObject("traffic").put("colour", "blue");

    far.sendExport(export);

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInIngress() throws Exception {
    var row = Outcomes.row("unknown-field-ingress");
    var seen = standing(row);
    var export = far.export(row.id());
    var ingress = export.putObject("ingress").put("colour", "blue");
    ingress
        .putArray("listeners")
        .addObject()
        .put("name", "http")
        .put("port", 80)
        .put("kind", "http")
        .putArray("hosts")
        .add("shop.example.org");

    far.sendExport(export);

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldElsewhereInAnExport() throws Exception {
    var row = Outcomes.row("unknown-field-export");
    var seen = Seen.before(bridge, row);
    far.send(endpointsKey(row.id()), "endpoints", far.endpoints(row.id(), REACHABLE));

    far.sendExport(far.export(row.id()).put("colour", "blue"));

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInEndpoints() throws Exception {
    var row = Outcomes.row("unknown-field-endpoints");
    var seen = Seen.before(bridge, row);
    far.sendExport(far.export(row.id()));
    var endpoints = far.endpoints(row.id(), REACHABLE).put("colour", "blue");
    ((ObjectNode) endpoints.at("/endpoints/0")).put("colour", "blue");

    far.send(endpointsKey(row.id()), "endpoints", endpoints);

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInAFault() throws Exception {
    var row = Outcomes.row("unknown-field-fault");
    var seen = standing(row);

    far.send(
        "v1/fault/shop/" + row.id(),
        "fault",
        far.about(row.id()).put("reason", "a number that is none").put("colour", "blue"));

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInAHold() throws Exception {
    var row = Outcomes.row("unknown-field-hold");
    var seen = standing(row);

    far.send(
        "v1/hold/shop/" + row.id(),
        "hold",
        far.about(row.id())
            .put("since", "2026-11-26T04:20:11Z")
            .put("reason", "too many went")
            .put("colour", "blue"));

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInADescriptor() throws Exception {
    var row = Outcomes.row("unknown-field-descriptor");
    var seen = Seen.before(bridge, row);

    far.send(
        "v1/descriptor",
        "descriptor",
        far.descriptor().put("version", "9.9").put("colour", "blue"));

    seen.await(() -> "version " + told.ofMesh("far", "version"));
  }

  @Test
  void anUnknownFieldInATrustBundle() throws Exception {
    var row = Outcomes.row("unknown-field-trust");
    var seen = Seen.before(bridge, row);
    var bundle =
        far.descriptor().put("trustDomain", "far.test").put("sequence", 1).put("colour", "blue");
    bundle
        .put("refreshHintSeconds", 300)
        .putArray("roots")
        .add(
            "-----BEGIN CERTIFICATE-----\nMIIBdTCCARugAwIBAgIBATAKBggq\n-----END CERTIFICATE-----");

    far.send("v1/trust", "trust", bundle);

    seen.await(() -> "trust roots " + told.ofMesh("far", "trustRoots"));
  }

  @Test
  void anUnknownFieldInAHeartbeat() throws Exception {
    var row = Outcomes.row("unknown-field-heartbeat");
    var seen = Seen.before(bridge, row);

    open.send(
        "v1/heartbeat",
        "heartbeat",
        open.descriptor()
            .put("at", "2026-11-26T04:20:11Z")
            .put("source", "live")
            .put("colour", "blue"));

    seen.await(() -> "source " + told.ofMesh("open", "source"));
  }

  @Test
  void anUnknownFieldInASnapshotMarker() throws Exception {
    var row = Outcomes.row("unknown-field-snapshot");
    var seen = Seen.before(bridge, row);

    sly.send(
        "v1/snapshot",
        "snapshot",
        sly.descriptor().put("generation", 1).put("keys", 1).put("digest", "1f"));
    sly.offer(row.id(), REACHABLE);

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anUnknownFieldInAMember() throws Exception {
    var row = Outcomes.row("unknown-field-member");
    var seen = Seen.before(bridge, row);
    var member = PlayedMesh.member("newcomer", "newcomer.mesh.internal", List.of());

    PlayedMesh.tellMember(federation, records, member.put("colour", "blue"));

    seen.await(() -> told.membership("newcomer"));
  }

  @Test
  void anUnknownFieldInTheLimitsOfAMember() throws Exception {
    var row = Outcomes.row("unknown-field-limits");
    var seen = Seen.before(bridge, row);
    var member = PlayedMesh.member("guest", "guest.mesh.internal", List.of());
    member.withObject("/limits").put("hours", "9-17");

    PlayedMesh.tellMember(federation, records, member);

    seen.await(() -> told.membership("guest"));
  }

  @Test
  void anUnknownFieldInAnOrder() throws Exception {
    var row = Outcomes.row("unknown-field-order");
    var seen = standing(row);
    var order =
        far.descriptor()
            .put("order", "pause")
            .put("target", "west")
            .put("by", "anna")
            .put("why", "a test")
            .put("at", "2026-11-26T04:25:00Z");
    order.set("service", far.about(row.id()));

    records.send(
        federation.topic("orders").name(),
        "v1/pause/west/far/shop/" + row.id(),
        type("order"),
        order.toString());

    seen.await(() -> importInWest(row.id()));
  }

  @Test
  void anEndpointWithAForbiddenAddress() throws Exception {
    var row = Outcomes.row("endpoint-forbidden-address");
    var seen = Seen.before(bridge, row);

    open.offer(row.id(), "169.254.169.254", "::ffff:127.0.0.1", "2130706433");

    seen.await(() -> importInWest(row.id()));
    assertThat(told.endpointLosses("west", row.id()))
        .containsExactlyInAnyOrder(
            "it is an address of a cloud's metadata service",
            "it is a loopback address",
            "its address is neither an IP address nor a DNS name");
  }

  @Test
  void anEndpointOutsideTheRangesOfItsMember() throws Exception {
    var row = Outcomes.row("endpoint-outside-ranges");
    var seen = Seen.before(bridge, row);

    far.offer(row.id(), "10.8.0.1");

    seen.await(() -> importInWest(row.id()));
    assertThat(told.endpointLosses("west", row.id()))
        .containsExactly(
            "its address is outside the ranges that its mesh may publish: 10.9.0.0/16");
  }

  @Test
  void anEndpointUnderAForbiddenSuffix() throws Exception {
    var row = Outcomes.row("endpoint-forbidden-suffix");
    var seen = Seen.before(bridge, row);

    open.offer(row.id(), "db.shop.svc.cluster.local", "db.service.consul");

    seen.await(() -> importInWest(row.id()));
    assertThat(told.endpointLosses("west", row.id()))
        .hasSize(2)
        .allSatisfy(reason -> assertThat(reason).startsWith("its name belongs to whoever calls"));
  }

  @Test
  void aNameUnderAForbiddenSuffix() throws Exception {
    var row = Outcomes.row("name-forbidden-suffix");
    var seen = Seen.before(bridge, row);

    sly.offer(row.id(), REACHABLE);

    seen.await(() -> told.importIn("east", row.id()));
  }

  /** Looks at a service that stands in the target as it should be. */
  private static Seen standing(Outcome row) throws Exception {
    far.offer(row.id(), REACHABLE);
    await(row.id()).atMost(SOON).until(() -> importInWest(row.id()).equals("import Applied"));
    return Seen.before(bridge, row);
  }

  private static String endpointsKey(String service) {
    return "v1/endpoints/" + PlayedMesh.NAMESPACE + "/" + service + "/0";
  }

  private static String importInWest(String service) throws Exception {
    return told.importIn("west", service);
  }

  private static void assertDeadLetter(String topic, long offset) {
    await("dead letter " + topic + "/" + offset)
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(federation.topic("dead-letters").entries())
                    .extracting(Topic.Entry::key)
                    .contains(topic + "/" + offset));
  }
}
