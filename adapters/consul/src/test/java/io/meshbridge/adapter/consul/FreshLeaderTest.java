package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Imports.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of a leader that has not taken in all of its log yet is not taken for the truth. */
class FreshLeaderTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.ISTIO, "shop", "web");

  private final ConsulAgent agent = ConsulAgent.start();
  private FreshLeader leader;
  private MeshConnection connection;

  @BeforeEach
  void connect() throws Exception {
    leader = FreshLeader.before(agent.url());
    connection = Recorder.connect(leader.url(), Map.of());
  }

  @AfterEach
  void close() {
    connection.close();
    leader.close();
    agent.close();
  }

  @Test
  void removesWhatStandsAlthoughDefaultReadsDoNotShowIt() throws Exception {
    // Given
    var sink = connection.sink();
    sink.start(key -> {});
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    sink.apply(Imports.of("api", at("10.0.0.2", 8080)), WritePermit.ALWAYS);
    assertThat(instances()).contains("10.0.0.1");
    assertThat(agent.api().get("/v1/config/service-defaults")).contains("web-istio-a");

    // When
    leader.is(FreshLeader.State.EMPTY_BY_DEFAULT);
    var removed = sink.remove(WEB, WritePermit.ALWAYS);

    // Then
    assertThat(removed).isTrue();
    assertThat(instances()).isEqualTo("[]");
    assertThat(agent.api().get("/v1/config/service-defaults")).doesNotContain("web-istio-a");
    assertThat(agent.api().get("/v1/health/service/api-istio-a")).contains("10.0.0.2");
  }

  @Test
  void removesNothingWhileTheLeaderCannotAnswerForCertain() throws Exception {
    // Given
    var sink = connection.sink();
    sink.start(key -> {});
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // When
    leader.is(FreshLeader.State.NOT_READY);

    // Then
    assertThatThrownBy(() -> sink.remove(WEB, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("Not ready to serve consistent reads");
    assertThat(sink.holds(WEB)).isTrue();
    leader.is(FreshLeader.State.CAUGHT_UP);
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();
    assertThat(instances()).isEqualTo("[]");
  }

  @Test
  void leavesANodeOnWhichSomethingElseStands() throws Exception {
    // Given
    var sink = connection.sink();
    sink.start(key -> {});
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"meshbridge-istio-a\",\"SkipNodeUpdate\":true,"
                + "\"Service\":{\"ID\":\"guest\",\"Service\":\"guest\",\"Port\":1}}");

    // When
    leader.is(FreshLeader.State.EMPTY_BY_DEFAULT);
    sink.remove(WEB, WritePermit.ALWAYS);

    // Then
    assertThat(agent.api().get("/v1/catalog/service/guest")).contains("meshbridge-istio-a");
  }

  @Test
  void knowsWhatItOwnsFromItsStart() throws Exception {
    // Given
    try (var former = Recorder.connect(leader.url(), Map.of())) {
      former.sink().start(key -> {});
      former.sink().apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    }

    // When
    leader.is(FreshLeader.State.EMPTY_BY_DEFAULT);
    connection.sink().start(key -> {});

    // Then
    assertThat(connection.sink().owned()).containsOnlyKeys(WEB);
  }

  @Test
  void seesThatANameIsHeldBySomebodyElse() throws Exception {
    // Given
    register("web-istio-a");
    var sink = connection.sink();
    sink.start(key -> {});

    // When
    leader.is(FreshLeader.State.EMPTY_BY_DEFAULT);
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(instances()).doesNotContain("10.0.0.1");
  }

  @Test
  void tellsNothingOfAMeshBeforeItsLeaderHasCaughtUp() throws Exception {
    // Given
    register("web");
    leader.is(FreshLeader.State.NOT_READY);

    try (var source = new Recorder(leader.url(), Map.of())) {
      // When
      await("told that it cannot be read")
          .atMost(Duration.ofSeconds(30))
          .until(() -> source.count(Observation.Interrupted.class) > 0);

      // Then
      assertThat(source.count(Observation.Complete.class)).isZero();
      leader.is(FreshLeader.State.CAUGHT_UP);
      source.awaitComplete(1);
      assertThat(source.offer("web")).isPresent();
    }
  }

  @Test
  void looksIntoNoMeshBeforeItsLeaderHasCaughtUp() throws Exception {
    // Given
    register("web");

    // When
    leader.is(FreshLeader.State.NOT_READY);

    // Then
    assertThatThrownBy(() -> connection.documents())
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("Not ready to serve consistent reads");
    leader.is(FreshLeader.State.CAUGHT_UP);
    assertThat(connection.documents().documents().toString()).contains("web");
  }

  /** An exported service of somebody else. */
  private void register(String name) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"people\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\"1\",\"Service\":\""
                + name
                + "\",\"Port\":80,\"Meta\":{\"meshbridge-export\":\"true\"}}}");
  }

  private String instances() {
    return agent.api().get("/v1/health/service/web-istio-a");
  }
}
