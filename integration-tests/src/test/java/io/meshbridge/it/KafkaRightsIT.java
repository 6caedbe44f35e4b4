package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Bridges and people at brokers that hold each to the rights of {@code k8s/kafka}. */
final class KafkaRightsIT {
  private static final String FEDERATION = "bookshop";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TOKEN = "an operator's token of more than 32 bytes";

  @Test
  void aBridgeNamesEachRightThatItLacksUntilItHasThoseThatAreShipped() throws Exception {
    var folder = Federation.workFolder("kafka-rights");
    try (var kafka = new KafkaWithRights(folder);
        var federation = Federation.ofFolders(kafka.broker(), FEDERATION)) {
      // Given: a mesh whose bridge has no right at all, and one whose bridge has all
      prepare(kafka, federation);
      kafka.give(ShippedKafka.rightsOf("meshbridge-west"));
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(bridge(federation, kafka, federation.west()));
      try (var records = new RawRecords(kafka.broker())) {
        records.send(
            federation.meshTopic(federation.west()).name(),
            "v1/export/shop/reviews",
            "io.meshbridge.export.v1",
            "{\"name\": ");
      }

      // When: it is given what it asks for. Then: it asks for all that is shipped, and works
      var shipped = ShippedKafka.rightsOf("meshbridge-east");
      var bridge = federation.start(bridge(federation, kafka, federation.east()));
      var asked = new HashSet<AclBinding>();
      await("nothing is missed any more, see " + bridge.logFile())
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                for (var right : MissedRights.in(bridge.log(), "meshbridge-east")) {
                  assertThat(shipped)
                      .as("shipped, since it is missed")
                      .anyMatch(given -> MissedRights.covers(given, right));
                  if (asked.add(right)) {
                    kafka.give(List.of(right));
                  }
                }
                assertThat(shipped)
                    .allMatch(given -> asked.stream().anyMatch(r -> MissedRights.isFor(given, r)));
                federation.assertConverged();
                assertThat(federation.topic("status.east").entries()).isNotEmpty();
              });
    }
  }

  @Test
  void ordersComeFromOperatorsAndByTheDoorOnlyOfABridgeThatMayWriteThem() throws Exception {
    var folder = Federation.workFolder("kafka-rights");
    try (var kafka = new KafkaWithRights(folder);
        var federation = Federation.ofFolders(kafka.broker(), FEDERATION)) {
      prepare(kafka, federation);
      kafka.give(ShippedKafka.rightsOf("meshbridge-west"));
      var token = Files.writeString(folder.resolve("operator.token"), TOKEN);
      var spec = bridge(federation, kafka, federation.west());
      var bridge =
          federation.startReady(
              spec.with(
                  spec.configuration()
                      .with("meshbridge.api.operator-token-file", token.toString())));

      var byCommand =
          Command.run(
              folder,
              kafka.as("meshbridge-operator", federation.configuration()),
              "pause",
              "west",
              "--reason",
              "freeze");
      var refused = pause(bridge, "east");
      kafka.give(
          List.of(
              mayWrite("meshbridge-west", federation.topic("orders")),
              mayWrite("meshbridge-west", federation.topic("trail"))));
      var taken = pause(bridge, "east");

      assertThat(byCommand.exitCode()).as(byCommand.output()).isZero();
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(502);
      assertThat(refused.body()).contains("lacks a right", federation.topic("trail").name());
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
      assertThat(bridge.rest().get("/api/v1/orders").body())
          .contains("\"target\":\"west\"", "\"target\":\"east\"");
    }
  }

  @Test
  void theCertificateOfAMeshesBridgeWritesForNoOtherMesh() throws Exception {
    try (var kafka = new KafkaWithRights(Federation.workFolder("kafka-rights"))) {
      ShippedKafka.createTopics(kafka.admin());
      var users = List.of("meshbridge-east", "meshbridge-operator", "meshbridge-reader");
      for (String user : users) {
        kafka.give(ShippedKafka.rightsOf(user));
      }

      assertThat(writable(kafka, "meshbridge-east"))
          .containsExactlyInAnyOrder("mesh.east", "status.east", "dead-letters");
      assertThat(writable(kafka, "meshbridge-operator"))
          .containsExactlyInAnyOrder("members", "orders", "trail");
      assertThat(writable(kafka, "meshbridge-reader")).isEmpty();
      assertThat(refusalOfTransactions(kafka, "meshbridge-east", "mesh.east")).isNull();
      assertThat(refusalOfTransactions(kafka, "meshbridge-east", "mesh.west"))
          .isInstanceOf(TransactionalIdAuthorizationException.class);
    }
  }

  /** Makes the topics that are shipped, and the meshes members, as operators do it. */
  private static void prepare(KafkaWithRights kafka, Federation federation) throws Exception {
    ShippedKafka.createTopics(kafka.admin());
    kafka.give(ShippedKafka.rightsOf("meshbridge-operator"));
    var operator = kafka.as("meshbridge-operator", federation.configuration());
    for (MeshRig mesh : federation.meshes()) {
      var kind = mesh.equals(federation.east()) ? "istio" : "consul";
      var added =
          Command.run(federation.folder(), operator, "members", "add", mesh.id(), "--kind", kind);
      assertThat(added.exitCode()).as(added.output()).isZero();
    }
  }

  private static BridgeProcess.Spec bridge(
      Federation federation, KafkaWithRights kafka, MeshRig mesh) throws IOException {
    var spec = federation.bridge(mesh.id(), List.of(mesh));
    return spec.with(kafka.as("meshbridge-" + mesh.id(), spec.configuration()));
  }

  private static AclBinding mayWrite(String user, Topic topic) {
    return ShippedKafka.right(user, "Write", "topic", topic.name(), PatternType.LITERAL);
  }

  private static HttpResponse<String> pause(BridgeProcess bridge, String target)
      throws IOException, InterruptedException {
    var order = "{\"target\": \"%s\", \"why\": \"a test\"}".formatted(target);
    var request =
        HttpRequest.newBuilder(bridge.rest().base().resolve("/api/v1/orders/pauses"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  /** The topics of the federation that a user may write, without the name of the federation. */
  private static Set<String> writable(KafkaWithRights kafka, String user) throws Exception {
    var writable = new TreeSet<String>();
    var prefix = "meshbridge." + FEDERATION + ".";
    try (var producer = producer(kafka, user, Map.of())) {
      for (String topic : kafka.admin().listTopics().names().get()) {
        var record = new ProducerRecord<byte[], byte[]>(topic, new byte[1], new byte[1]);
        var refusal = catchThrowable(() -> producer.send(record).get());
        if (refusal == null) {
          writable.add(topic.substring(prefix.length()));
        } else {
          assertThat(refusal).hasCauseInstanceOf(TopicAuthorizationException.class);
        }
      }
    }
    return writable;
  }

  private static Throwable refusalOfTransactions(KafkaWithRights kafka, String user, String id)
      throws IOException {
    var transactionalId = "meshbridge." + FEDERATION + "." + id;
    try (var producer = producer(kafka, user, Map.of("transactional.id", transactionalId))) {
      return catchThrowable(producer::initTransactions);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(
      KafkaWithRights kafka, String user, Map<String, String> more) throws IOException {
    var settings = new TreeMap<String, Object>(kafka.settingsOf(user));
    settings.put("ssl.keystore.password", KafkaWithRights.PASSWORD);
    settings.keySet().removeIf(key -> key.endsWith(".file"));
    // Where it cannot be, a refusal does not say of which topic.
    settings.put("enable.idempotence", Boolean.toString(!more.isEmpty()));
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
