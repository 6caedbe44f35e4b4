package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.EmbeddedYaml;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.Table;
import io.meshbridge.adapter.kubernetes.TrustRoots;
import io.meshbridge.model.MeshDescriptor;
import java.util.Optional;

/**
 * What the mesh says of itself: the trust domain of its ConfigMap, the version of istiod, and the
 * roots. All are good to have; not being allowed to read them keeps nobody from exporting.
 */
final class MeshFacts {
  private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  private final MeshDescriptor configured;
  private final String trustDomainSetting;
  private final EmbeddedYaml yaml = new EmbeddedYaml();
  private final Table<String> trustDomains = new Table<>();
  private final Table<String> versions = new Table<>();
  private final TrustRoots roots = new TrustRoots();
  private boolean trustDomainHeard;
  private boolean versionHeard;

  MeshFacts(MeshDescriptor configured, String trustDomainSetting) {
    this.configured = configured;
    this.trustDomainSetting = trustDomainSetting;
  }

  void takeConfig(FeedEvent<String> event) {
    trustDomains.take(event);
    trustDomainHeard = true;
  }

  void takeIstiod(FeedEvent<String> event) {
    versions.take(event);
    versionHeard = true;
  }

  TrustRoots roots() {
    return roots;
  }

  /** The mesh; empty while it has not been asked about everything. */
  Optional<MeshDescriptor> descriptor() {
    if (!trustDomainHeard || !versionHeard) {
      return Optional.empty();
    }
    var version =
        versions.values().stream().filter(v -> !v.isEmpty()).max(String::compareTo).orElse("");
    return Optional.of(
        new MeshDescriptor(
            configured.id(),
            configured.kind(),
            version.isEmpty() ? configured.version() : version,
            trustDomain(),
            configured.network()));
  }

  /** The trust domain in the text of the ConfigMap's key {@code mesh}; empty if it gives none. */
  String trustDomainOf(KubeObject configMap) {
    // istiod does not start with a text that cannot be read; until it is mended the default holds.
    return yaml.read(configMap.fields(Problems.NONE).object("data").text("mesh"))
        .map(config -> config.text("trustDomain"))
        .orElse("");
  }

  /** The tag of istiod's image, such as {@code 1.27.1}; empty if it has none. */
  static String versionOf(KubeObject deployment) {
    var containers =
        deployment
            .fields(Problems.NONE)
            .object("spec")
            .object("template")
            .object("spec")
            .objects("containers");
    for (Fields container : containers) {
      var image = container.text("image");
      int at = image.indexOf('@');
      var reference = at < 0 ? image : image.substring(0, at);
      int colon = reference.lastIndexOf(':');
      if (colon > reference.lastIndexOf('/')) {
        return reference.substring(colon + 1);
      }
    }
    return "";
  }

  private String trustDomain() {
    if (!trustDomainSetting.isEmpty()) {
      return trustDomainSetting;
    }
    var said = trustDomains.values().stream().filter(t -> !t.isEmpty()).findFirst();
    return said.orElse(
        configured.trustDomain().isEmpty() ? DEFAULT_TRUST_DOMAIN : configured.trustDomain());
  }
}
