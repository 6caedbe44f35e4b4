package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real agent with ACLs; an old one hides without a word what a token may not see. */
class ConsulSourceAclTest {
  private static final String READ_ALL =
      "service_prefix \"\" { policy = \"read\" } node_prefix \"\" { policy = \"read\" }";
  private static ConsulAgent agent;

  @BeforeAll
  static void startAgent() {
    agent = ConsulAgent.start(new ConsulAgent.Options(true, true));
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"node-a\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\"web-1\","
                + "\"Service\":\"web\",\"Port\":8080,\"Meta\":{\"meshbridge-export\":\"true\"}}}");
  }

  @AfterAll
  static void stopAgent() {
    agent.close();
  }

  @Test
  void readsWithATokenThatMayReadEverything() throws Exception {
    // Given
    var token = agent.api().tokenWith("reads-all", READ_ALL);

    // When
    try (var source = new Recorder(agent.plainUrl(), Map.of("token", token))) {
      source.awaitComplete(1);

      // Then
      assertThat(source.offer("web")).isPresent();
    }
  }

  @Test
  void namesTheRightThatAWriteLacks() throws Exception {
    // Given
    var token =
        agent
            .api()
            .tokenWith(
                "writes-nodes",
                "service_prefix \"\" { policy = \"read\" } node_prefix \"\" { policy = \"write\" }");
    try (var connection = Recorder.connect(agent.plainUrl(), Map.of("token", token))) {
      connection.sink().start(ignored -> {});

      // When
      var outcome =
          connection
              .sink()
              .apply(Imports.of("api", Imports.at("10.0.0.1", 80)), WritePermit.ALWAYS);

      // Then
      assertThat(outcome)
          .isEqualTo(
              new ApplyOutcome.Rejected(
                  "Permission denied; the token needs service \"api-istio-a\" { policy ="
                      + " \"write\" }"));
    }
  }

  @Test
  void isInterruptedAndNeverCompleteWhenTheTokenMayNotReadEverything() throws Exception {
    // Given
    var token =
        agent
            .api()
            .tokenWith(
                "reads-some",
                "service \"web\" { policy = \"read\" } node_prefix \"\" { policy = \"read\" }");

    // When
    try (var source = new Recorder(agent.plainUrl(), Map.of("token", token))) {
      source.await("interruption", () -> source.count(Observation.Interrupted.class) == 1);

      // Then
      assertThat(source.all).asString().contains("service_prefix").doesNotContain(token);
      assertThat(source.count(Observation.Complete.class)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withdrawsNothingWhenTheTokenLosesARight(boolean tls) throws Exception {
    // Given
    var name = tls ? "shrinking-over-tls" : "shrinking";
    var token = agent.api().tokenWith(name, READ_ALL);
    var settings = Map.of("token", token, "tls.ca-file", agent.caFile().toString());
    try (var source = new Recorder(tls ? agent.url() : agent.plainUrl(), settings)) {
      source.awaitComplete(1);

      // When
      var id = policyId(name);
      agent
          .api()
          .put(
              "/v1/acl/policy/" + id,
              "{\"Name\":\""
                  + name
                  + "\",\"Rules\":\""
                  + (READ_ALL + " service \"web\" { policy = \"deny\" }").replace("\"", "\\\"")
                  + "\"}");
      // Any change makes the source read again, soon with less in sight.
      var port = new AtomicInteger();
      source.await(
          "interruption",
          () -> {
            change(port.incrementAndGet());
            return source.count(Observation.Interrupted.class) == 1;
          });

      // Then
      assertThat(source.count(Observation.Withdrawn.class)).isZero();
      assertThat(source.count(Observation.Complete.class)).isEqualTo(1);
      assertThat(source.all).asString().contains("service \"web\" { policy = \"read\" }");
    }
  }

  private static void change(int port) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"node-b\",\"Address\":\"10.9.9.8\","
                + "\"Service\":{\"Service\":\"other\",\"Port\":"
                + port
                + "}}");
  }

  private static String policyId(String name) {
    var matcher =
        Pattern.compile("\"ID\":\"([^\"]+)\",\"Name\":\"" + name + "\"")
            .matcher(agent.api().get("/v1/acl/policies"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
