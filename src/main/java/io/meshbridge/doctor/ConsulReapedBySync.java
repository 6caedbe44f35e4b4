package io.meshbridge.doctor;

import java.util.stream.Stream;

/** The catalog sync of Consul on Kubernetes takes away what looks like its own. */
final class ConsulReapedBySync implements DocumentCheck {
  private static final String TAG = "k8s";
  private static final String NODE = "k8s-sync";

  @Override
  public Trap trap() {
    return Trap.error(
        "consul-reaped-by-catalog-sync",
        "consul",
        "the catalog sync takes it for its own, and deregisters it",
        "use neither the tag k8s nor the node k8s-sync");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents.objects().flatMap(this::judge);
  }

  private Stream<Finding> judge(NativeObject object) {
    var ours =
        object
            .registered()
            .filter(service -> service.at("Meta", "meshbridge-federation").exists())
            .toList();
    var tags =
        ours.stream()
            .flatMap(service -> service.at("Tags").items())
            .filter(tag -> tag.text().equals(TAG))
            .map(tag -> found(tag, "an import with the tag " + TAG));
    // A registration names its node; what the health API tells holds it whole.
    var name = object.root().at("Node");
    var node = name.at("Node").exists() ? name.at("Node") : name;
    return ours.isEmpty() || !node.text().equals(NODE)
        ? tags
        : Stream.concat(tags, Stream.of(found(node, "an import on the node " + NODE)));
  }
}
