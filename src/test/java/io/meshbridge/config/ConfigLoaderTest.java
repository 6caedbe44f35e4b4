package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshbridge.config.KnownAdapters.Kind;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.ImportRules;
import io.meshbridge.importing.ImportRules.NamespaceRule;
import io.meshbridge.importing.ServiceGlob;
import io.meshbridge.spi.SettingSpec;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final KnownAdapters ADAPTERS =
      new KnownAdapters(
          new TreeMap<>(
              Map.of(
                  "consul",
                  new Kind(
                      "{service}-{mesh}",
                      List.of(
                          SettingSpec.required("url", SettingSpec.Type.URL, "The agent's URL."),
                          SettingSpec.secret("token", "The ACL token."),
                          SettingSpec.optional(
                              "tls.ca-file", SettingSpec.Type.PATH, "", "The CA."))),
                  "istio",
                  new Kind(
                      "{service}.{namespace}.{suffix}",
                      List.of(
                          SettingSpec.optional(
                              "namespace", SettingSpec.Type.TEXT, "imports", "Where."))))),
          List.of(SettingSpec.required("folder", SettingSpec.Type.PATH, "The folder.")));

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;

  @Test
  void fillsInTheDefaults() {
    givenTheSmallestConfiguration();

    var config = load();

    assertThat(config.federation()).isEqualTo("shop");
    assertThat(config.bridgeId()).isEqualTo("host-1");
    assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.heartbeatStaleAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.parallelism()).isEqualTo(8);
    assertThat(config.initialBackoff()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.maxBackoff()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.repairInterval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.guard()).isEqualTo(GuardSettings.USUAL);
    assertThat(config.automaticMembership()).isFalse();
    assertThat(config.createTopics()).isTrue();
    assertThat(config.replicationFactor()).isEqualTo(-1);
    assertThat(config.kafka()).containsEntry("bootstrap.servers", "localhost:9092");
    assertThat(config.nameTemplates())
        .containsEntry("consul", "{service}-{mesh}")
        .containsEntry("istio", "{service}.{namespace}.{suffix}");
    assertThat(config.meshes())
        .singleElement()
        .satisfies(
            mesh -> {
              assertThat(mesh.mesh().id().value()).isEqualTo("west");
              assertThat(mesh.backend()).isEqualTo(MeshConfig.Backend.LIVE);
              assertThat(mesh.transit()).isFalse();
              assertThat(mesh.imports()).isEqualTo(ImportRules.ALL);
            });
  }

  @Test
  void readsTheGuardAndTheImportRules() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.guard.share", "20");
    properties.put("meshbridge.guard.floor", "0");
    properties.put("meshbridge.guard.window", "1h");
    properties.put("meshbridge.meshes.west.imports.only", "east/shop, north");
    properties.put("meshbridge.meshes.west.imports.except", "*/*/test-*");

    var config = load();

    assertThat(config.guard()).isEqualTo(new GuardSettings(20, 0, Duration.ofHours(1)));
    assertThat(config.meshes().getFirst().imports())
        .isEqualTo(
            new ImportRules(
                List.of(ServiceGlob.parse("east/shop"), ServiceGlob.parse("north")),
                List.of(ServiceGlob.parse("*/*/test-*")),
                List.of()));
  }

  @Test
  void putsImportsIntoNamespacesWhereTheMeshHasSome() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.meshes.east.kind", "istio");
    properties.put("meshbridge.meshes.east.imports.namespaces", "west/shop=guests, west=others");

    assertThat(load().meshes().getFirst().imports().namespaces())
        .containsExactly(
            NamespaceRule.parse("west/shop=guests"), NamespaceRule.parse("west=others"));

    properties.put("meshbridge.meshes.east.imports.namespaces", "west=No");
    properties.put("meshbridge.meshes.north.kind", "consul");
    properties.put("meshbridge.meshes.north.settings.url", "http://127.0.0.1:8500");
    properties.put("meshbridge.meshes.north.imports.namespaces", "east=guests");
    assertThat(faults())
        .containsExactlyInAnyOrder(
            "meshbridge.meshes.east.imports.namespaces: 'west=No' is no pattern with a namespace"
                + " such as east/shop=bookshop",
            "meshbridge.meshes.north.imports.namespaces: a mesh of kind consul has no namespaces to"
                + " import into; remove the key");
  }

  @Test
  void refusesAGuardAndImportRulesThatMeanNothing() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.guard.share", "101");
    properties.put("meshbridge.guard.floor", "1000001");
    properties.put("meshbridge.guard.window", "0s");
    properties.put("meshbridge.meshes.west.imports.only", "east//web,north/a/b/c");

    assertThat(faults())
        .containsExactlyInAnyOrder(
            "meshbridge.guard.share: '101' must be from 1 to 100",
            "meshbridge.guard.floor: '1000001' must be from 0 to 1000000",
            "meshbridge.guard.window: '0s' must be more than nothing",
            "meshbridge.meshes.west.imports.only: 'east//web' is no pattern such as east,"
                + " east/shop or east/*/web-*",
            "meshbridge.meshes.west.imports.only: 'north/a/b/c' is no pattern such as east,"
                + " east/shop or east/*/web-*");
  }

  @Test
  void tellsWhatContradictsItselfAtTheDoorBesideOtherFaults() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.guard.share", "101");
    properties.put("meshbridge.heartbeat.interval", "often");
    properties.put("meshbridge.api.tls.key", "key.pem");

    assertThat(faults())
        .hasSize(3)
        .anyMatch(fault -> fault.startsWith("meshbridge.guard.share: '101' must be"))
        .anyMatch(fault -> fault.startsWith("meshbridge.heartbeat.interval: 'often' is not"))
        .anyMatch(fault -> fault.startsWith("meshbridge.api.tls.key: and"));
  }

  @Test
  void readsEverySettingThatIsGiven() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.bridge-id", "bridge-7");
    properties.put("meshbridge.kafka.replication-factor", "3");
    properties.put("meshbridge.membership.automatic", "true");
    properties.put("meshbridge.importing.names.istio", "{service}.{mesh}.example");
    properties.put("kafka.bootstrap.servers", "one:9092,two:9092");
    properties.put("kafka.security.protocol", "SSL");
    properties.put("meshbridge.meshes.east.kind", "consul");
    properties.put("meshbridge.meshes.east.trust-domain", "east.example");
    properties.put("meshbridge.meshes.east.network", "flat");
    properties.put("meshbridge.meshes.east.transit", "true");
    properties.put("meshbridge.meshes.east.settings.url", "http://127.0.0.1:8500");
    properties.put("meshbridge.meshes.folder.kind", "istio");
    properties.put("meshbridge.meshes.folder.backend", "files");
    properties.put("meshbridge.meshes.folder.settings.folder", "manifests");

    var config = load();

    assertThat(config.bridgeId()).isEqualTo("bridge-7");
    assertThat(config.replicationFactor()).isEqualTo(3);
    assertThat(config.automaticMembership()).isTrue();
    assertThat(config.nameTemplates()).containsEntry("istio", "{service}.{mesh}.example");
    assertThat(config.kafka())
        .containsEntry("bootstrap.servers", "one:9092,two:9092")
        .containsEntry("security.protocol", "SSL");
    assertThat(config.meshes())
        .extracting(m -> m.mesh().id().value())
        .containsExactly("east", "folder", "west");
    var east = config.meshes().getFirst();
    assertThat(east.mesh().kind()).isEqualTo("consul");
    assertThat(east.mesh().trustDomain()).isEqualTo("east.example");
    assertThat(east.mesh().network()).isEqualTo("flat");
    assertThat(east.transit()).isTrue();
    assertThat(east.settings().require("url")).isEqualTo("http://127.0.0.1:8500");
    assertThat(config.meshes().get(1).backend()).isEqualTo(MeshConfig.Backend.FILES);
  }

  @Test
  void tellsAllFaultsAtOnceWithTheirFullKeys() {
    properties.put("meshbridge.federation", "Not A Label");
    properties.put("meshbridge.heartbeat.interval", "10s");
    properties.put("meshbridge.heartbeat.stale-after", "10s");
    properties.put("meshbridge.importing.parallelism", "0");
    properties.put("meshbridge.importing.names.consul", "{service}");
    properties.put("kafka.bootstrap.servers", "broker");
    properties.put("meshbridge.meshes.Bad_Id.kind", "istio");
    properties.put("meshbridge.meshes.east.kind", "consul");
    properties.put("meshbridge.meshes.east.transit", "perhaps");
    properties.put("meshbridge.meshes.east.settings.url", "x");
    properties.put("meshbridge.meshes.north.kind", "kuma");
    properties.put("meshbridge.meshes.north.backend", "paper");
    properties.put("meshbridge.meshes.south.trust-domain", "south");
    properties.put("meshbridge.meshes.west.kind", "consul");
    properties.put("meshbridge.meshes.west.settings.urll", "http://127.0.0.1:8500");

    assertThat(faults())
        .containsExactlyInAnyOrder(
            "meshbridge.federation: 'Not A Label' is not a DNS label (a-z, 0-9, '-', at most 63"
                + " characters)",
            "meshbridge.importing.parallelism: '0' must be 1 or more",
            "meshbridge.heartbeat.stale-after: '10s' must be more than"
                + " meshbridge.heartbeat.interval, which is 10s",
            "meshbridge.importing.names.consul: '{service}' must hold {service}, and {mesh} or"
                + " {suffix}, to keep names apart",
            "kafka.bootstrap.servers: 'broker' is not host:port such as localhost:9092",
            "meshbridge.meshes.Bad_Id: 'Bad_Id' is no mesh id: it must be a DNS label (a-z, 0-9,"
                + " '-', at most 63)",
            "meshbridge.meshes.east.transit: 'perhaps' is not true or false",
            "meshbridge.meshes.east.settings.url: 'x' is not an absolute URL such as"
                + " http://127.0.0.1:8500",
            "meshbridge.meshes.north.backend: 'paper' is no known backend; known are [live, files]",
            "meshbridge.meshes.north.kind: 'kuma' is no known kind of mesh; known are [consul,"
                + " istio]",
            "meshbridge.meshes.south.kind: is required: The make of the mesh: the word of one of"
                + " the adapters below.",
            "meshbridge.meshes.west.settings.url: is required: The agent's URL.",
            "meshbridge.meshes.west.settings.urll: is unknown; known are [tls.ca-file, token,"
                + " url]");
  }

  @Test
  void namesTheKnownKeysForAMisspeltOne() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.federaton", "shop");
    properties.put("meshbridge.meshes.west.knd", "istio");

    assertThat(faults())
        .hasSize(2)
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("meshbridge.federaton: is unknown; known are")
                    .contains("federation"))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "meshbridge.meshes.west.knd: is unknown; known are [backend, imports.except,"
                            + " imports.namespaces, imports.only, ingress, kind, network, observed, transit, trust-domain]"));
  }

  @Test
  void refusesAConfigurationWithoutMeshes() {
    properties.put("meshbridge.federation", "shop");

    assertThat(faults())
        .containsExactly(
            "meshbridge.meshes: no mesh is configured; add at least meshbridge.meshes.<id>.kind,"
                + " with one of [consul, istio]");
  }

  @Test
  void needsNoMeshesToSpeakWithTheFederation() {
    properties.put("meshbridge.federation", "shop");

    var config = loader().loadWithoutMeshes(config());

    assertThat(config.federation()).isEqualTo("shop");
    assertThat(config.meshes()).isEmpty();
  }

  @Test
  void letsTheEnvironmentOverrideWhatAFileSays() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.meshes.east.kind", "consul");
    properties.put("meshbridge.meshes.east.settings.url", "http://127.0.0.1:1");
    environment.put("MESHBRIDGE_MESHES_EAST_SETTINGS_URL", "http://127.0.0.1:2");
    environment.put("MESHBRIDGE_MESHES_EAST_SETTINGS_TLS_CA_FILE", "ca.pem");
    environment.put("MESHBRIDGE_HEARTBEAT_STALE_AFTER", "1m");

    var config = load();

    var east = config.meshes().getFirst().settings();
    assertThat(east.require("url")).isEqualTo("http://127.0.0.1:2");
    assertThat(east.require("tls.ca-file")).isEqualTo("ca.pem");
    assertThat(config.heartbeatStaleAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void configuresByTheEnvironmentAlone() {
    environment.put("MESHBRIDGE_FEDERATION", "shop");
    environment.put("MESHBRIDGE_MESH_IDS", "dc-1, dc-2");
    environment.put("MESHBRIDGE_MESHES_DC_1_KIND", "istio");
    environment.put("MESHBRIDGE_MESHES_DC_2_KIND", "consul");
    environment.put("MESHBRIDGE_MESHES_DC_2_SETTINGS_URL", "http://127.0.0.1:8500");
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "broker:9093");

    var config = load();

    assertThat(config.meshes())
        .extracting(m -> m.mesh().id().value() + "=" + m.mesh().kind())
        .containsExactly("dc-1=istio", "dc-2=consul");
    assertThat(config.kafka()).containsEntry("bootstrap.servers", "broker:9093");
  }

  @Test
  void takesNoForeignEnvironmentVariableForAMisspeltKey() {
    givenTheSmallestConfiguration();
    environment.put("MESHBRIDGE_JAVA_OPTS", "-Xmx1g");
    environment.put("MESHBRIDGE_PORT_8080_TCP", "tcp://10.0.0.1:8080");

    assertThat(load().federation()).isEqualTo("shop");
  }

  @Test
  void refusesADotInAKeyOfKafkaInYamlWhichNobodyWouldAskFor() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("bridge.yaml"),
            """
            meshbridge:
              federation: shop
              meshes:
                west:
                  kind: istio
            kafka:
              bootstrap.servers: broker:9093
            """);
    var written =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(List.of(file)))
            .build();

    var invalid =
        catchThrowableOfType(InvalidConfigurationException.class, () -> loader().load(written));

    assertThat(invalid)
        .hasMessageContaining(
            "kafka.\"bootstrap.servers\": is not kafka.bootstrap.servers; in YAML write each part as"
                + " a key of its own, one below the other: bootstrap: servers");
  }

  @Test
  void showsASecretNowhere() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.meshes.east.kind", "consul");
    properties.put("meshbridge.meshes.east.settings.url", "http://127.0.0.1:8500");
    properties.put("meshbridge.meshes.east.settings.token", "hunter2");
    properties.put("kafka.sasl.jaas.config", "hunter2");

    assertThat(load().toString()).contains("east").doesNotContain("hunter2");
  }

  @Test
  void tellsAReferenceThatLeadsNowhere() {
    givenTheSmallestConfiguration();
    properties.put("meshbridge.bridge-id", "${nowhere.at.all}");

    assertThat(faults()).singleElement().asString().startsWith("meshbridge.bridge-id: ");
  }

  private void givenTheSmallestConfiguration() {
    properties.put("meshbridge.federation", "shop");
    properties.put("meshbridge.meshes.west.kind", "istio");
  }

  private BridgeConfig load() {
    return loader().load(config());
  }

  private List<String> faults() {
    var invalid =
        catchThrowableOfType(InvalidConfigurationException.class, () -> loader().load(config()));
    return invalid.lines();
  }

  private static ConfigLoader loader() {
    return new ConfigLoader(ADAPTERS, "host-1");
  }

  private org.eclipse.microprofile.config.Config config() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(properties, "file", 270),
            new EnvConfigSource(environment, 300))
        .build();
  }
}
