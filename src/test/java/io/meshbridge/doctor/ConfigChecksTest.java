package io.meshbridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigLoader;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigChecksTest {
  private static final Adapters ADAPTERS =
      new Adapters(
          List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter()),
          new FilesBackend().settings());
  private static final String MESHES = "meshbridge.meshes.";

  @Test
  void findsNothingInAConfigurationWithoutTraps() {
    assertThat(
            look(
                Map.of(
                    MESHES + "east.kind",
                    "istio",
                    MESHES + "east.trust-domain",
                    "east.example",
                    MESHES + "dc1.kind",
                    "consul",
                    MESHES + "dc1.settings.url",
                    "https://consul.example:8501",
                    MESHES + "dc1.settings.token",
                    "secret",
                    "kafka.bootstrap.servers",
                    "kafka.example:9093",
                    "kafka.security.protocol",
                    "SSL")))
        .isEmpty();
  }

  @Test
  void findsMeshesThatShareATrustDomainAlsoByDefault() {
    assertThat(
            look(
                Map.of(
                    MESHES + "east.kind", "istio",
                    MESHES + "west.kind", "istio",
                    MESHES + "dc1.kind", "consul",
                    MESHES + "dc2.kind", "consul")))
        .containsExactly(
            "config-same-trust-domain meshbridge.meshes.west.trust-domain: the trust domain"
                + " cluster.local, which mesh east has too");
  }

  @Test
  void findsNetworksThatNothingJoins() {
    assertThat(
            look(
                Map.of(
                    MESHES + "dc1.kind", "consul",
                    MESHES + "dc1.network", "one",
                    MESHES + "dc2.kind", "consul",
                    MESHES + "dc2.network", "two",
                    MESHES + "dc3.kind", "consul")))
        .containsExactly(
            "config-networks-apart meshbridge.meshes.dc2.network: network 'two', while mesh dc1 is"
                + " on 'one'");
  }

  @Test
  void findsWhatFacesLinkerd() {
    assertThat(
            look(
                Map.of(
                    MESHES + "east.kind", "istio",
                    MESHES + "east.trust-domain", "east.example",
                    MESHES + "north.kind", "linkerd")))
        .containsExactly(
            "config-istio-faces-linkerd meshbridge.meshes.east.kind: Istio beside Linkerd",
            "config-namespaces-missing meshbridge.meshes.north.settings.create-namespace: a Linkerd"
                + " without a namespace for imports");
  }

  @Test
  void findsWhatIsMeantForDevelopment() {
    assertThat(
            look(
                Map.of(
                    MESHES + "dc1.kind",
                    "consul",
                    "meshbridge.membership.automatic",
                    "true",
                    "meshbridge.kafka.replication-factor",
                    "1")))
        .containsExactly(
            "config-automatic-membership meshbridge.membership.automatic: automatic membership",
            "config-single-replica meshbridge.kafka.replication-factor: a replication factor of 1");
  }

  @Test
  void findsWhatTravelsInPlainText() {
    assertThat(
            look(
                Map.of(
                    MESHES + "dc1.kind",
                    "consul",
                    MESHES + "dc1.settings.url",
                    "http://consul.example:8500",
                    MESHES + "dc1.settings.token",
                    "secret",
                    "kafka.bootstrap.servers",
                    "localhost:9092,kafka.example:9092")))
        .containsExactly(
            "config-kafka-in-plain-text kafka.security.protocol: PLAINTEXT to brokers elsewhere",
            "config-token-in-plain-text meshbridge.meshes.dc1.settings.url: a token that is sent to"
                + " http://consul.example:8500");
  }

  private static List<String> look(Map<String, String> settings) {
    return Checks.look(load(settings)).stream()
        .map(finding -> finding.trap().id() + " " + finding.path() + ": " + finding.what())
        .toList();
  }

  private static BridgeConfig load(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("meshbridge.federation", "bookshop");
    all.putIfAbsent("kafka.bootstrap.servers", "localhost:9092");
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(all, "test", 100))
            .build();
    return new ConfigLoader(ADAPTERS.known(), "test").load(config);
  }
}
