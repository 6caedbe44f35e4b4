package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.SignedOrder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The AsyncAPI document says what the code does: nothing is missing, nothing is invented. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsyncApiTest {
  private static final FederationTopics TOPICS = new FederationTopics("demo");

  private AsyncApiDocument document =
      new AsyncApiDocument(Path.of(""), new ObjectMapper().nullNode());

  @BeforeAll
  void read() throws IOException {
    document = AsyncApiDocument.published();
  }

  @Test
  void isOfTheVersionWhoseWordsItUses() {
    assertThat(document.root().path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(document.root().at("/info/title").asText()).isEqualTo("Meshbridge");
    assertThat(document.root().path("defaultContentType").asText()).isEqualTo("application/json");
  }

  @Test
  void hasNoReferenceToNothing() {
    assertThat(document.references()).isNotEmpty();
    var mapper = new ObjectMapper();
    for (String reference : document.references()) {
      var node = mapper.createObjectNode().put("$ref", reference);
      assertThatCode(() -> document.resolved(node)).as(reference).doesNotThrowAnyException();
    }
  }

  @Test
  void namesEveryTopicOfAFederationAndNoOther() throws ReflectiveOperationException {
    var topics = new TreeSet<String>();
    for (Method method : FederationTopics.class.getDeclaredMethods()) {
      // The group of an election is named like the topics, and is none.
      if (method.getReturnType() == String.class && !method.getName().equals("electionGroup")) {
        topics.add(named(method));
      }
    }
    topics.removeIf(name -> !name.startsWith("meshbridge.demo.") || name.endsWith("."));

    assertThat(document.channels("demo", Samples.MESH.value()).keySet()).isEqualTo(topics);
  }

  @Test
  void demandsOfEveryTopicWhatTheBridgesDemand() throws IOException {
    for (var channel : document.channels("demo", "istio-a").entrySet()) {
      var kafka = document.resolved(channel.getValue().path("bindings")).path("kafka");
      var settings = settings(kafka.path("topicConfiguration"));

      assertThat(TopicSettings.forNew(1)).as(channel.getKey()).containsAllEntriesOf(settings);
      assertThat(
              TopicSettings.faults(
                  channel.getKey(),
                  kafka.path("partitions").asInt(),
                  name -> settings.getOrDefault(name, "0"),
                  "localhost"))
          .isEmpty();
    }
  }

  @Test
  void describesEveryTypeOfEventAndNoOther() throws IOException {
    var types = Arrays.stream(EventType.values()).map(EventType::text).toList();
    var carried = new ArrayList<String>();
    for (JsonNode channel : document.root().path("channels")) {
      carried.addAll(document.messagesOf(channel).keySet());
    }

    assertThat(document.messages().keySet()).containsExactlyInAnyOrderElementsOf(types);
    assertThat(carried).containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void refersToTheSchemaOfEachEventAndToAllThatArePublished() throws IOException {
    var referred = new TreeSet<String>();
    for (var message : document.messages().entrySet()) {
      var schemas = AsyncApiDocument.schemasOf(message.getValue());
      assertThat(schemas)
          .as(message.getKey())
          .containsExactly(PublishedSchemas.file(message.getKey()));
      referred.addAll(schemas);
    }

    assertThat(referred).isEqualTo(publishedSchemas());
  }

  @Test
  void hasTheHeadersThatAreWrittenWithTheTypeOfEachEvent() throws IOException {
    var shared = document.root().at("/components/schemas/eventHeaders");
    var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(shared);
    for (Written written : written()) {
      var headers = headers(written);
      var names = new ArrayList<String>();
      shared.path("required").forEach(name -> names.add(name.asText()));

      assertThat(headers.keySet()).isEqualTo(Set.copyOf(names));
      assertThat(shared.path("properties").properties()).hasSameSizeAs(names);
      assertThat(schema.validate(new ObjectMapper().valueToTree(headers))).isEmpty();
      var message = document.messages().get(written.record().type());
      assertThat(message.at("/headers/allOf/0/$ref").asText())
          .isEqualTo("#/components/schemas/eventHeaders");
      assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
          .isEqualTo(headers.get("ce_type"));
      assertThat(message.path("contentType").asText()).isEqualTo(headers.get("content-type"));
    }
  }

  @Test
  void tellsTheKeysOfEachEventApart() throws IOException {
    for (Written written : written()) {
      var channel = document.channels("demo", "istio-a").get(written.topic());
      for (var message : document.messagesOf(channel).entrySet()) {
        var key = message.getValue().at("/bindings/kafka/key");

        assertThat(written.record().key().matches(key.path("pattern").asText()))
            .as("%s under the key of %s", written.record(), message.getKey())
            .isEqualTo(message.getKey().equals(written.record().type()));
      }
    }
  }

  @Test
  void showsAKeyOfEachEvent() throws IOException {
    for (var message : document.messages().entrySet()) {
      var key = message.getValue().at("/bindings/kafka/key");

      assertThat(key.at("/examples/0").asText())
          .as(message.getKey())
          .matches(key.path("pattern").asText());
    }
  }

  @Test
  void allowsNoValueWhereSomethingIsWithdrawnAndNowhereElse() throws IOException {
    var withdrawn = new TreeSet<>(Set.of(EventType.MEMBER.text(), EventType.STATUS.text()));
    for (Written written : written()) {
      if (written.record().isTombstone()) {
        withdrawn.add(written.record().type());
      }
    }

    for (var message : document.messages().entrySet()) {
      assertThat(AsyncApiDocument.mayBeTombstone(message.getValue()))
          .as(message.getKey())
          .isEqualTo(withdrawn.contains(message.getKey()));
    }
  }

  @Test
  void saysWhoWritesEachTopic() throws IOException {
    var writers = new HashMap<String, String>();
    for (JsonNode operation : document.root().path("operations")) {
      var channel = document.resolved(operation.path("channel"));
      assertThat(document.messagesOf(operation)).isEqualTo(document.messagesOf(channel));
      if (operation.path("action").asText().equals("send")) {
        writers.put(channel.path("address").asText(), operation.at("/tags/0/name").asText());
      } else {
        assertThat(operation.path("action").asText()).isEqualTo("receive");
      }
    }

    assertThat(writers)
        .containsOnly(
            Map.entry("meshbridge.{federation}.members", "operator"),
            Map.entry("meshbridge.{federation}.orders", "operator"),
            Map.entry("meshbridge.{federation}.trail", "operator"),
            Map.entry("meshbridge.{federation}.mesh.{mesh}", "bridge"),
            Map.entry("meshbridge.{federation}.status.{mesh}", "bridge"),
            Map.entry("meshbridge.{federation}.dead-letters", "bridge"));
  }

  /** A record and where it goes. */
  private record Written(String topic, String source, OutgoingRecord record) {}

  private static List<Written> written() {
    var federation = "meshbridge/demo";
    var written = new ArrayList<Written>();
    for (MeshRecord sample : Samples.ALL) {
      written.add(
          new Written(
              TOPICS.mesh(Samples.MESH),
              TOPICS.source(Samples.MESH),
              new RecordCodec().encode(sample, Samples.NOW)));
    }
    for (SignedOrder order : OrderCodecTest.ORDERS) {
      written.add(new Written(TOPICS.orders(), federation, new OrderCodec().give(order)));
      written.add(new Written(TOPICS.orders(), federation, new OrderCodec().lift(order)));
      written.add(new Written(TOPICS.trail(), federation, ActCodec.given("1f", order)));
    }
    return written;
  }

  private static Map<String, String> headers(Written written) {
    var headers = new HashMap<String, String>();
    for (Header header : EventHeaders.of(written.record(), written.source())) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static String named(Method method) throws ReflectiveOperationException {
    return switch (method.getParameterCount()) {
      case 0 -> invoked(method);
      case 1 -> invoked(method, new MeshId("istio-a"));
      default -> throw new IllegalStateException("unexpected: " + method);
    };
  }

  private static String invoked(Method method, Object... arguments)
      throws ReflectiveOperationException {
    method.setAccessible(true);
    return (String) method.invoke(TOPICS, arguments);
  }

  private static Map<String, String> settings(JsonNode configuration) {
    var settings = new HashMap<String, String>();
    for (var setting : configuration.properties()) {
      var value = setting.getValue();
      settings.put(setting.getKey(), value.isArray() ? value.path(0).asText() : value.asText());
    }
    return settings;
  }

  private Set<String> publishedSchemas() throws IOException {
    var folder = document.file().resolveSibling("../src/main/resources/schemas");
    try (Stream<Path> files = Files.list(folder)) {
      var names = new TreeSet<String>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }
}
