package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets change under a bridge that is at work. */
final class SecretsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULES =
      "service_prefix \"\" { policy = \"write\" } node_prefix \"\" { policy = \"write\" }"
          + " agent_prefix \"\" { policy = \"read\" }";
  private static final int CHANGES_IN_BETWEEN = 40;

  @TempDir private Path secrets;

  @Test
  void tokenCertificateAndPasswordAreReplacedWithoutARestartALossOrAnotherLeader()
      throws Exception {
    // Given
    var first = new TestAuthority("first");
    var second = new TestAuthority("second");
    try (var kafka = KafkaOverTls.start(secrets, first);
        var consul = consul();
        var federation = federation(kafka.broker(), consul)) {
      kafka.giveCertificate(first, "first-secret");
      kafka.givePassword("first-secret");
      giveToken(consul.agent(), "first");
      var bridge = federation.startReady(bridge(federation, kafka));
      try (var changes = new PortChanges(federation)) {
        changes.awaitMore(CHANGES_IN_BETWEEN);

        // When
        giveToken(consul.agent(), "second");
        revoke(consul.agent(), "first");
        changes.awaitMore(CHANGES_IN_BETWEEN);
        kafka.givePassword("second-secret");
        kafka.giveCertificate(second, "second-secret");
        kafka.trustOnly(second, "second-secret");
        kafka.cutConnections();
        changes.awaitMore(CHANGES_IN_BETWEEN);
        changes.stop();

        // Then
        federation.awaitConvergence();
        assertThat(bridge.log())
            .contains("Kafka certificates renewed")
            .containsOnlyOnce("speaks for the mesh mesh=east")
            .containsOnlyOnce("speaks for the mesh mesh=west")
            .doesNotContain("speaks no longer");
        assertThat(withdrawn(federation)).isEmpty();
        assertThat(kafka.refusal(first, "second-secret"))
            .containsInstanceOf(SslAuthenticationException.class);
        assertThat(kafka.refusal(second, "first-secret"))
            .containsInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  private ConsulAgentRig consul() {
    var agent = ConsulAgent.start(new ConsulAgent.Options(true, true));
    var access =
        Map.of(
            "settings.token-file", tokenFile().toString(),
            "settings.tls.ca-file", agent.caFile().toString());
    return new ConsulAgentRig("west", agent, access);
  }

  private static Federation federation(KafkaBroker broker, ConsulAgentRig consul)
      throws IOException {
    var folder = Federation.workFolder("secrets");
    return new Federation(
        broker, "secrets", folder, new IstioFolderRig("east", folder.resolve("east")), consul);
  }

  private static BridgeProcess.Spec bridge(Federation federation, KafkaOverTls kafka)
      throws IOException {
    var spec = federation.bridge("secrets");
    var configuration = spec.configuration();
    for (var setting : kafka.clientSettings().entrySet()) {
      configuration = configuration.with("kafka." + setting.getKey(), setting.getValue());
    }
    return spec.with(configuration);
  }

  private Path tokenFile() {
    return secrets.resolve("token");
  }

  private void giveToken(ConsulAgent agent, String name) throws IOException {
    Files.writeString(tokenFile(), agent.api().tokenWith(name, RULES));
  }

  private static void revoke(ConsulAgent agent, String name) throws IOException {
    for (JsonNode token : JSON.readTree(agent.api().get("/v1/acl/tokens"))) {
      if (token.at("/Policies/0/Name").asText().equals(name)) {
        agent.api().delete("/v1/acl/token/" + token.path("AccessorID").asText());
      }
    }
  }

  private static Map<String, Topic.Entry> withdrawn(Federation federation) {
    var withdrawn = new TreeMap<String, Topic.Entry>();
    federation
        .facts()
        .forEach(
            (topic, entries) ->
                entries.stream()
                    .filter(entry -> entry.value().equals("(withdrawn)"))
                    .forEach(entry -> withdrawn.put(topic, entry)));
    return withdrawn;
  }
}
