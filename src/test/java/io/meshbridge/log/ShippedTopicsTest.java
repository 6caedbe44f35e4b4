package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshbridge.deployment.Rendered;
import io.meshbridge.model.MeshId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topics and the users that we ship for Strimzi are those that bridges need, and no more. */
class ShippedTopicsTest {
  private static final FederationTopics TOPICS = new FederationTopics("bookshop");
  private static final List<MeshId> MESHES =
      Stream.of("east", "north", "west").map(MeshId::new).toList();

  @Test
  void areTheFederationsWithTheSettingsOfThoseThatABridgeCreates() throws Exception {
    var shipped = new TreeMap<String, Map<String, String>>();
    for (JsonNode topic : kafka("KafkaTopic")) {
      var settings = new TreeMap<String, String>();
      topic
          .at("/spec/config")
          .properties()
          .forEach(setting -> settings.put(setting.getKey(), setting.getValue().asText()));
      shipped.put(nameOf(topic), settings);
      assertThat(topic.at("/spec/partitions").asInt()).isEqualTo(1);
      assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3);
    }

    assertThat(shipped.keySet()).containsExactlyInAnyOrderElementsOf(topics());
    assertThat(shipped.values())
        .allSatisfy(settings -> assertThat(settings).isEqualTo(TopicSettings.forNew(3)));
  }

  @ParameterizedTest
  @CsvSource({
    "meshbridge-east, east",
    "meshbridge-north, north",
    "meshbridge-west, west",
    "meshbridge-all, east north west"
  })
  void aBridgeMayDoWhatItMustForItsOwnMeshesAndWriteNothingElse(String user, String meshes)
      throws Exception {
    var own = Stream.of(meshes.split(" ", -1)).map(MeshId::new).toList();
    var rights = rightsOf(user);
    var written = new ArrayList<String>(List.of(TOPICS.deadLetters()));
    own.forEach(mesh -> written.addAll(List.of(TOPICS.mesh(mesh), TOPICS.status(mesh))));
    var read = new ArrayList<String>(List.of(TOPICS.members(), TOPICS.orders()));
    MESHES.forEach(mesh -> read.addAll(List.of(TOPICS.mesh(mesh), TOPICS.status(mesh))));
    var checked = new ArrayList<String>(written);
    checked.addAll(List.of(TOPICS.members(), TOPICS.orders(), TOPICS.trail()));

    assertThat(topics())
        .filteredOn(topic -> rights.allow("Write", "topic", topic))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(topics())
        .filteredOn(topic -> rights.allow("Read", "topic", topic))
        .containsAll(read)
        .doesNotContain(TOPICS.trail());
    assertThat(checked)
        .allMatch(topic -> rights.allow("Describe", "topic", topic))
        .allMatch(topic -> rights.allow("DescribeConfigs", "topic", topic));
    assertThat(MESHES)
        .filteredOn(mesh -> rights.allow("Read", "group", TOPICS.electionGroup(mesh)))
        .isEqualTo(own);
    assertThat(MESHES)
        .filteredOn(mesh -> rights.allow("Write", "transactionalId", TOPICS.transactionalId(mesh)))
        .isEqualTo(own);
    assertThat(rights.operations())
        .doesNotContain("All", "Alter", "AlterConfigs", "Create", "Delete", "ClusterAction");
  }

  @Test
  void operatorsWriteWhatTheySayAndNothingThatMeshesSay() throws Exception {
    var rights = rightsOf("meshbridge-operator");

    assertThat(topics())
        .filteredOn(topic -> rights.allow("Write", "topic", topic))
        .containsExactlyInAnyOrder(TOPICS.members(), TOPICS.orders(), TOPICS.trail());
  }

  @Test
  void whoReadsAlongReadsEverythingAndWritesNothing() throws Exception {
    var rights = rightsOf("meshbridge-reader");

    assertThat(topics())
        .allMatch(topic -> rights.allow("Read", "topic", topic))
        .noneMatch(topic -> rights.allow("Write", "topic", topic));
    assertThat(MESHES).noneMatch(mesh -> rights.allow("Read", "group", TOPICS.electionGroup(mesh)));
  }

  @Test
  void everyUserShowsACertificate() throws Exception {
    assertThat(kafka("KafkaUser"))
        .allSatisfy(
            user -> {
              assertThat(user.at("/spec/authentication/type").asText()).isEqualTo("tls");
              assertThat(user.at("/spec/authorization/type").asText()).isEqualTo("simple");
            });
    assertThat(kafka("Kafka"))
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.at("/spec/kafka/authorization/type").asText()).isEqualTo("simple");
              assertThat(cluster.at("/spec/kafka/listeners"))
                  .allSatisfy(
                      listener -> {
                        assertThat(listener.path("tls").asBoolean()).isTrue();
                        assertThat(listener.at("/authentication/type").asText()).isEqualTo("tls");
                      });
            });
  }

  /** One line of an access control list. */
  private record Right(String type, String name, boolean prefix, List<String> operations) {
    boolean covers(String wantedType, String wanted) {
      return type.equals(wantedType) && (prefix ? wanted.startsWith(name) : wanted.equals(name));
    }
  }

  private record Rights(List<Right> lines) {
    boolean allow(String operation, String type, String name) {
      return lines.stream()
          .filter(line -> line.covers(type, name))
          .anyMatch(line -> impliedBy(operation).anyMatch(line.operations()::contains));
    }

    List<String> operations() {
      return lines.stream().flatMap(line -> line.operations().stream()).distinct().toList();
    }

    /** As Kafka's own authorizer takes it. */
    private static Stream<String> impliedBy(String operation) {
      return operation.equals("Describe")
          ? Stream.of("Describe", "Read", "Write")
          : Stream.of(operation);
    }
  }

  private static Rights rightsOf(String user) throws Exception {
    var acls =
        kafka("KafkaUser").stream()
            .filter(candidate -> nameOf(candidate).equals(user))
            .findFirst()
            .orElseThrow()
            .at("/spec/authorization/acls");
    var lines = new ArrayList<Right>();
    acls.forEach(
        acl ->
            lines.add(
                new Right(
                    acl.at("/resource/type").asText(),
                    acl.at("/resource/name").asText(),
                    acl.at("/resource/patternType").asText().equals("prefix"),
                    Rendered.texts(acl.path("operations")))));
    assertThat(lines).hasSizeGreaterThan(1);
    return new Rights(lines);
  }

  private static List<String> topics() {
    var topics =
        new ArrayList<>(
            List.of(TOPICS.members(), TOPICS.orders(), TOPICS.trail(), TOPICS.deadLetters()));
    MESHES.forEach(mesh -> topics.addAll(List.of(TOPICS.mesh(mesh), TOPICS.status(mesh))));
    return topics;
  }

  private static List<JsonNode> kafka(String kind) throws Exception {
    return Rendered.folder("kafka").stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .toList();
  }

  private static String nameOf(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
