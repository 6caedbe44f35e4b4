package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Where Istio's mesh configuration stands. */
final class IstioMeshConfigs {
  private IstioMeshConfigs() {}

  /** As fields: in an IstioOperator or an Istio resource, or as a file of its own. */
  static Stream<Part> structured(DocumentSet documents) {
    var nested = documents.objects().flatMap(object -> object.root().everywhere("meshConfig"));
    var bare =
        documents
            .objects()
            .map(NativeObject::root)
            .filter(root -> root.at("configSources").exists() || root.at("defaultConfig").exists());
    return Stream.concat(nested, bare);
  }

  /** As a text: in the ConfigMap {@code istio}. */
  static Stream<Part> texts(DocumentSet documents) {
    return documents
        .ofKind("", "ConfigMap")
        .filter(map -> map.name().equals("istio") || map.name().startsWith("istio-"))
        .map(map -> map.root().at("data", "mesh"))
        .filter(Part::exists);
  }
}
