package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One reading of a set of manifests: sorts them by kind, then reads what is wanted. */
final class ManifestReading {
  private final MeshDescriptor mesh;
  private final ManifestSet manifests;
  private final Map<ResourceKey, EntryFacts> entries = new TreeMap<>();
  private final List<PeerPolicy> policies = new ArrayList<>();

  ManifestReading(MeshDescriptor mesh, Selection selection) {
    this.mesh = mesh;
    this.manifests = new ManifestSet(mesh, selection, ServiceFacts::of);
  }

  Reading read(List<Document> documents) {
    manifests.sort(documents, this::take);
    var reader = new OfferReader(mesh, IstioSettings.DEFAULT_CLUSTER_DOMAIN, manifests::locationOf);
    var rules = new PeerPolicies(policies, "istio-system");
    manifests
        .services()
        .forEach(
            service ->
                manifests.add(
                    service.key(),
                    service.object(),
                    reader.service(service, manifests.slicesOf(service.key()), rules)));
    entries.values().stream()
        .filter(e -> manifests.isWanted(e.exported(), e.mirroredBy(), e.importedPath()))
        .forEach(entry -> addEntry(entry, reader, rules));
    return manifests.reading();
  }

  private boolean take(String kind, KubeObject object, Problems problems) {
    switch (kind) {
      case "networking.istio.io/ServiceEntry" -> {
        var entry = EntryFacts.of(object);
        manifests.tell(entry.problems());
        entries.put(object.key(), entry);
        return true;
      }
      case "security.istio.io/PeerAuthentication" -> {
        policies.add(PeerPolicy.of(object, problems));
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void addEntry(EntryFacts entry, OfferReader reader, PeerPolicies rules) {
    if (manifests.service(entry.key()).isPresent()) {
      manifests.warn(
          entry.object(),
          "metadata.name",
          entry.object() + " has the name of an exported Service, which is offered instead");
      return;
    }
    manifests.add(entry.key(), entry.object(), reader.entry(entry, rules));
  }
}
