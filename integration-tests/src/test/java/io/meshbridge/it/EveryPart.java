package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.tls.TestAuthority;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A bridge that uses all that it is made of: every make of mesh, live and as files, policy of each,
 * a Kafka with certificates and passwords, a Consul with tokens, spans, lines as JSON, and the door
 * with a certificate and an issuer of tokens.
 */
final class EveryPart {
  // The recorder looks at every class, and no archive helps: several times as slow as others.
  private static final Duration LIMIT = Duration.ofMinutes(2);
  // Each of five services and a gateway in three other meshes, and later one service less.
  private static final int IMPORTS = 18;
  private static final int IMPORTS_WITHOUT_ONE = 15;
  private static final String CONSUL_RULES =
      "service_prefix \"\" { policy = \"write\" intentions = \"write\" }"
          + " node_prefix \"\" { policy = \"write\" } agent_prefix \"\" { policy = \"read\" }"
          + " operator = \"write\"";

  private final Path secrets;
  private final CallRecording recording;
  private final TestAuthority authority = new TestAuthority("all");

  /**
   * Not started yet.
   *
   * @param secrets an empty folder for certificates, passwords and tokens
   */
  EveryPart(Path secrets, CallRecording recording) {
    this.secrets = secrets;
    this.recording = recording;
  }

  /** Does all of it, and ends everything. */
  void work() throws Exception {
    try (var kafka = KafkaOverTls.start(secrets, authority);
        var istio = new KubernetesRig("east");
        var linkerd = new LinkerdRig("north");
        var consul = consul();
        var federation = federation(kafka.broker(), istio, linkerd, consul);
        var spans = SpanReceiver.start();
        var issuer = IssuerOverTls.start(secrets, authority);
        var door = Door.of(secrets, authority)) {
      kafka.giveCertificate(authority, "secret");
      kafka.givePassword("secret");
      OwnersPolicies.giveToIstio(istio);
      OwnersPolicies.giveToLinkerd(linkerd);
      OwnersPolicies.giveToConsul(consul);
      offer(federation);
      var spec = federation.bridge("bridge");
      var configuration = spans.receivingFrom(spec.configuration(), "bridge");
      configuration = issuer.addTo(door.addTo(overKafka(kafka, configuration)));
      spec = spec.with(withMore(configuration));
      try (var bridge = BridgeProcess.start(spec, recording.flags())) {
        bridge.awaitReady(LIMIT);
        awaitImports(bridge, IMPORTS);
        federation.remove(consul, "prices");
        awaitImports(bridge, IMPORTS_WITHOUT_ONE);
        door.askEverything();
        door.orderAs(issuer.token());
        runCommands(federation, spec);
        await("spans").atMost(LIMIT).until(() -> !spans.spans().isEmpty());
        assertThat(bridge.stop(LIMIT)).as(bridge.log()).isZero();
      }
    }
  }

  private static BridgeConfiguration withMore(BridgeConfiguration configuration) {
    return configuration
        .with("quarkus.log.console.json.enabled", "true")
        .with("meshbridge.meshes.west.ingress", "true")
        .with("meshbridge.meshes.south.ingress", "true");
  }

  private static BridgeConfiguration overKafka(KafkaOverTls kafka, BridgeConfiguration before) {
    var configuration = before;
    for (var setting : kafka.clientSettings().entrySet()) {
      configuration = configuration.with("kafka." + setting.getKey(), setting.getValue());
    }
    return configuration;
  }

  private static Federation federation(
      KafkaBroker broker, KubernetesRig istio, LinkerdRig linkerd, ConsulAgentRig consul)
      throws IOException {
    var folder = Federation.workFolder("every-part");
    var files = new IstioFolderRig("south", folder.resolve("south"));
    return new Federation(broker, "every-part", folder, istio, linkerd, consul, files);
  }

  /** Something of each mesh, and of Consul something more that will be gone. */
  private static void offer(Federation federation) throws IOException {
    var meshes = federation.meshes();
    federation.put(meshes.get(0), Shop.of("reviews", 9080, "10.1.0.1").with("10.1.0.2", false));
    federation.put(meshes.get(1), Shop.of("search", 8080, "10.3.0.1"));
    federation.put(meshes.get(2), Shop.of("stock", 7070, "10.2.0.1").with("10.2.0.2", false));
    federation.put(meshes.get(2), Shop.of("prices", 7071, "10.2.0.3"));
    federation.put(meshes.get(3), Shop.of("ratings", 9090, "10.4.0.1"));
  }

  private ConsulAgentRig consul() throws IOException {
    var agent = ConsulAgent.start(new ConsulAgent.Options(true, true));
    var token =
        Files.writeString(
            secrets.resolve("consul.token"), agent.api().tokenWith("bridge", CONSUL_RULES));
    return new ConsulAgentRig(
        "west",
        agent,
        Map.of(
            "settings.token-file",
            token.toString(),
            "settings.tls.ca-file",
            agent.caFile().toString()));
  }

  private static void awaitImports(BridgeProcess bridge, int number) {
    await("%d imports, see %s".formatted(number, bridge.logFile()))
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(bridge.rest().imports("")).hasSize(number);
              assertThat(bridge.rest().imports("state=Pending")).isEmpty();
            });
  }

  private void runCommands(Federation federation, BridgeProcess.Spec spec) throws Exception {
    var url = "http://" + LoopbackPorts.ADDRESS + ":" + spec.port();
    var shop = Path.of(System.getProperty("meshbridge.it.examples", "")).resolve("bookshop/istio");
    run(federation, "status", "--url", url, "-o", "yaml");
    run(federation, "translate", "-f", shop.toString(), "--from", "istio", "--to", "consul");
    var file = federation.folder().resolve("bridge.properties").toString();
    run(federation, "diff", "--mesh", "west", "--config", file);
  }

  private void run(Federation federation, String... arguments) throws Exception {
    var command = Command.run(federation.folder(), recording.flags(), LIMIT, List.of(arguments));
    // 1: done, and something was found, refused or different.
    assertThat(command.exitCode()).as(command.output()).isLessThanOrEqualTo(1);
  }
}
