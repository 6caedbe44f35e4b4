package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Imports.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real agent without ACLs. */
class ConsulSinkTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.ISTIO, "shop", "web");

  private final List<ServiceKey> touched = new CopyOnWriteArrayList<>();
  private static ConsulAgent agent;
  private MeshConnection connection;
  private Sink sink;

  @BeforeAll
  static void startAgent() {
    agent = ConsulAgent.start();
  }

  @AfterAll
  static void stopAgent() {
    agent.close();
  }

  @BeforeEach
  void start() throws Exception {
    connect();
  }

  @AfterEach
  void stop() {
    connection.close();
    for (String node : List.of("meshbridge-istio-a", "elsewhere")) {
      agent.api().put("/v1/catalog/deregister", "{\"Node\":\"" + node + "\"}");
    }
    for (String name : List.of("web-istio-a", "api-istio-a", "shop-web", "big-istio-a")) {
      agent.api().delete("/v1/config/service-defaults/" + name);
    }
  }

  @Test
  void writesInstancesWithHealthWeightAndMarks() throws Exception {
    // Given
    var sick = at("10.0.0.2", 8080).withHealth(Health.NOT_READY);

    // When
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080), sick), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isEqualTo(applied(true));
    assertThat(passing("web-istio-a")).contains("10.0.0.1").doesNotContain("10.0.0.2");
    assertThat(health("web-istio-a"))
        .contains("10.0.0.2", "\"meshbridge-origin-name\":\"web\"", "\"app\":\"web\"");
    assertThat(sink.owned()).containsOnlyKeys(WEB);
  }

  @Test
  void writesOnlyDifferences() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080), at("10.0.0.2", 8080)), WritePermit.ALWAYS);
    var before = instanceIndexes("web-istio-a");

    // When
    var warning = at("10.0.0.2", 8080).withHealth(Health.WARNING);
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080), warning), WritePermit.ALWAYS);
    var again = sink.apply(Imports.of("web", at("10.0.0.1", 8080), warning), WritePermit.ALWAYS);

    // Then: only the check was written, and only once
    assertThat(outcome).isEqualTo(applied(true));
    assertThat(again).isEqualTo(applied(false));
    assertThat(instanceIndexes("web-istio-a")).isEqualTo(before);
    assertThat(health("web-istio-a")).contains("\"Status\":\"warning\"");
  }

  @Test
  void writesNothingAfterARestart() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    connection.close();
    var services = agent.api().index("/v1/catalog/services");
    var checks = agent.api().index("/v1/health/state/any");

    // When
    connect();
    var owned = sink.owned();
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(owned).containsOnlyKeys(WEB);
    assertThat(outcome).isEqualTo(applied(false));
    assertThat(agent.api().index("/v1/catalog/services")).isEqualTo(services);
    assertThat(agent.api().index("/v1/health/state/any")).isEqualTo(checks);
    assertThat(sink.owned()).isEqualTo(owned);
  }

  @Test
  void replacesInstancesAndNamesWithoutLeavingOldOnes() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // When
    sink.apply(Imports.named("web", "shop-web", at("10.0.0.9", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(health("web-istio-a")).doesNotContain("10.0.0");
    assertThat(health("shop-web")).contains("10.0.0.9");
  }

  @Test
  void leavesANameThatSomebodyElseHolds() throws Exception {
    // Given
    foreign("web-istio-a");

    // When
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(outcome)
        .isEqualTo(
            new ApplyOutcome.Conflict(
                "web-istio-a", "service web-istio-a (id foreign-1) on node elsewhere"));
    assertThat(health("web-istio-a")).doesNotContain("10.0.0.1");

    // When: the holder goes
    touched.clear();
    agent.api().put("/v1/catalog/deregister", "{\"Node\":\"elsewhere\"}");

    // Then
    awaitTouched();
    assertThat(sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS))
        .isEqualTo(applied(true));
  }

  @Test
  void yieldsWhenTheNameIsTakenAfterwards() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // When
    touched.clear();
    foreign("web-istio-a");
    awaitTouched();
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(health("web-istio-a")).contains("10.7.7.7").doesNotContain("10.0.0.1");
  }

  @Test
  void noticesAndRepairsDrift() throws Exception {
    // Given
    var web = Imports.of("web", at("10.0.0.1", 8080));
    sink.apply(web, WritePermit.ALWAYS);
    var whole = health("web-istio-a").replaceAll("\"(Create|Modify)Index\":\\d+", "");
    touched.clear();

    // When, Then: somebody changes our instance
    var id = serviceId("web-istio-a");
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"meshbridge-istio-a\",\"SkipNodeUpdate\":true,\"Service\":{\"ID\":\""
                + id
                + "\",\"Service\":\"web-istio-a\",\"Port\":1,\"Address\":\"10.0.0.1\",\"Meta\":"
                + "{}}}");
    awaitTouched();
    // Without its marks it is nobody's we know: not ours to change.
    assertThat(sink.apply(web, WritePermit.ALWAYS)).isInstanceOf(ApplyOutcome.Conflict.class);
    touched.clear();
    deregister(id);
    awaitTouched();
    sink.apply(web, WritePermit.ALWAYS);
    touched.clear();

    // When, Then: somebody turns our check
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"meshbridge-istio-a\",\"SkipNodeUpdate\":true,\"Check\":{\"CheckID\":"
                + "\"meshbridge:"
                + id
                + "\",\"ServiceID\":\""
                + id
                + "\",\"Name\":\"Health at the origin\",\"Status\":\"critical\"}}");
    awaitTouched();
    sink.apply(web, WritePermit.ALWAYS);
    touched.clear();

    // When, Then: somebody removes our node
    agent.api().put("/v1/catalog/deregister", "{\"Node\":\"meshbridge-istio-a\"}");
    awaitTouched();
    sink.apply(web, WritePermit.ALWAYS);
    assertThat(health("web-istio-a").replaceAll("\"(Create|Modify)Index\":\\d+", ""))
        .isEqualTo(whole);
  }

  @Test
  void removesItsInstancesAndThenItsNode() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    sink.apply(Imports.of("api", at("10.0.0.2", 8080)), WritePermit.ALWAYS);

    // When
    var first = sink.remove(WEB, WritePermit.ALWAYS);
    var nodeBetween = agent.api().get("/v1/catalog/node/meshbridge-istio-a");
    var second = sink.remove(new ServiceKey(Imports.ISTIO, "shop", "api"), WritePermit.ALWAYS);
    var third = sink.remove(WEB, WritePermit.ALWAYS);

    // Then
    assertThat(List.of(first, second, third)).containsExactly(true, true, false);
    assertThat(nodeBetween).contains("api-istio-a").doesNotContain("web-istio-a");
    assertThat(agent.api().get("/v1/catalog/node/meshbridge-istio-a")).startsWith("null");
    assertThat(sink.owned()).isEmpty();
  }

  @Test
  void keepsANodeThatHoldsSomethingForeign() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"meshbridge-istio-a\",\"SkipNodeUpdate\":true,\"Service\":"
                + "{\"Service\":\"guest\"}}");

    // When
    sink.remove(WEB, WritePermit.ALWAYS);

    // Then
    assertThat(agent.api().get("/v1/catalog/node/meshbridge-istio-a")).contains("guest");
  }

  @Test
  void leavesANodeOfOursNameThatSomebodyElseMade() throws Exception {
    // Given
    agent
        .api()
        .put("/v1/catalog/register", "{\"Node\":\"meshbridge-istio-a\",\"Address\":\"10.7.7.7\"}");

    // When
    var outcome = sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(outcome)
        .isEqualTo(new ApplyOutcome.Conflict("web-istio-a", "node meshbridge-istio-a"));
    assertThat(agent.api().get("/v1/catalog/node/meshbridge-istio-a")).contains("10.7.7.7");
  }

  @Test
  void writesMoreThanOneTransactionHolds() throws Exception {
    // Given
    var endpoints = new ArrayList<Endpoint>();
    for (int i = 1; i <= 101; i++) {
      endpoints.add(at("10.0.1." + i, 8080));
    }

    // When
    sink.apply(Imports.of("big", endpoints.toArray(new Endpoint[0])), WritePermit.ALWAYS);

    // Then
    assertThat(passing("big-istio-a").split("\"CheckID\":\"meshbridge:", -1)).hasSize(102);

    // When
    sink.apply(Imports.of("big", at("10.0.1.1", 8080)), WritePermit.ALWAYS);

    // Then
    assertThat(passing("big-istio-a").split("\"CheckID\":\"meshbridge:", -1)).hasSize(2);
  }

  @Test
  void removesWhatStoodWhenTheImportMayNoLongerBeWritten() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);

    // When
    var outcome =
        sink.apply(
            Imports.of(
                "web",
                "web-istio-a",
                List.of(Imports.HTTP),
                AccessPolicy.meshIdentityRequired("strict mutual TLS"),
                at("10.0.0.1", 8080)),
            WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Refused.class);
    assertThat(health("web-istio-a")).doesNotContain("10.0.0.1");
  }

  @Test
  void readsAgainWhenSomebodyCameBetweenReadAndWrite() throws Exception {
    // Given
    sink.apply(Imports.of("web", at("10.0.0.1", 8080)), WritePermit.ALWAYS);
    var id = serviceId("web-istio-a");
    var turns = new AtomicInteger();
    WritePermit slow =
        () -> {
          if (turns.incrementAndGet() == 1) {
            deregister(id);
          }
        };

    // When: what is to be changed is gone in the moment of the write
    var heavier =
        new Endpoint(
            "10.0.0.1",
            new TreeMap<>(Map.of("http", 8080)),
            Health.READY,
            5,
            Locality.UNKNOWN,
            "",
            new TreeMap<>(),
            "");
    var outcome = sink.apply(Imports.of("web", heavier), slow);

    // Then
    assertThat(outcome).isEqualTo(applied(true));
    assertThat(turns).hasValue(2);
    assertThat(passing("web-istio-a")).contains("\"Passing\":5");
  }

  @Test
  void writesNothingWithoutPermit() throws Exception {
    // Given
    WritePermit lost =
        () -> {
          throw new NotLeadingException("fenced");
        };

    // When, Then
    assertThatThrownBy(() -> sink.apply(Imports.of("web", at("10.0.0.1", 8080)), lost))
        .isInstanceOf(NotLeadingException.class);
    assertThat(health("web-istio-a")).doesNotContain("10.0.0.1");
    assertThat(agent.api().get("/v1/catalog/nodes")).doesNotContain("meshbridge-istio-a");
  }

  @Test
  void saysThatTheMeshIsAwayAndWritesAfterItsReturn() throws Exception {
    // Given
    var web = Imports.of("web", at("10.0.0.1", 8080));
    sink.apply(web, WritePermit.ALWAYS);

    // When
    agent.kill();

    // Then
    assertThatThrownBy(() -> sink.apply(web, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("/web-istio-a at ");

    // When
    agent.restart();
    touched.clear();
    deregister(serviceId("web-istio-a"));

    // Then
    awaitTouched();
    assertThat(sink.apply(web, WritePermit.ALWAYS)).isEqualTo(applied(true));
  }

  private void connect() throws Exception {
    connection = Recorder.connect(agent.url(), Map.of());
    sink = connection.sink();
    sink.start(touched::add);
  }

  /** After the action: only what is told from its beginning on counts. */
  private void awaitTouched() {
    Awaitility.await("touched")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> touched.contains(WEB));
  }

  private void foreign(String name) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"elsewhere\",\"Address\":\"10.7.7.7\",\"Service\":{\"ID\":\"foreign-1\","
                + "\"Service\":\""
                + name
                + "\",\"Port\":80}}");
  }

  private void deregister(String id) {
    agent
        .api()
        .put(
            "/v1/catalog/deregister",
            "{\"Node\":\"meshbridge-istio-a\",\"ServiceID\":\"" + id + "\"}");
  }

  private String health(String name) {
    return agent.api().get("/v1/health/service/" + name);
  }

  private String passing(String name) {
    return agent.api().get("/v1/health/service/" + name + "?passing");
  }

  private String instanceIndexes(String name) {
    return agent
        .api()
        .get("/v1/catalog/service/" + name)
        .lines()
        .filter(line -> line.contains("ModifyIndex"))
        .toList()
        .toString();
  }

  private String serviceId(String name) {
    var answer = agent.api().get("/v1/catalog/service/" + name);
    var at = answer.indexOf("\"ServiceID\":\"") + 13;
    return answer.substring(at, answer.indexOf('"', at));
  }

  /** The import has a port 80 that speaks HTTP; a Consul service has neither. */
  private static ApplyOutcome applied(boolean written) {
    return new ApplyOutcome.Applied("web-istio-a", written, Imports.LOSSES_OF_WEB);
  }
}
