package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * Once {@code configSources} is set, istiod reads Kubernetes only if {@code k8s://} is among them
 * ({@code pilot/pkg/bootstrap/configcontroller.go}).
 */
final class IstioConfigSourcesWithoutKubernetes implements DocumentCheck {
  private static final String SOURCES = "configSources";
  private static final String KUBERNETES = "k8s://";

  @Override
  public Trap trap() {
    return Trap.error(
        "istio-config-sources-without-kubernetes",
        "istio",
        "istiod no longer reads the cluster's own objects",
        "add the address k8s:// to configSources");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var structured =
        IstioMeshConfigs.structured(documents)
            .map(config -> config.at(SOURCES))
            .filter(sources -> sources.items().findAny().isPresent())
            .filter(
                sources ->
                    sources.items().noneMatch(IstioConfigSourcesWithoutKubernetes::isKubernetes));
    var texts =
        IstioMeshConfigs.texts(documents)
            .filter(text -> text.text().contains(SOURCES + ":"))
            .filter(text -> !text.text().contains(KUBERNETES));
    return Stream.concat(structured, texts)
        .map(part -> found(part, "configSources without k8s://"));
  }

  private static boolean isKubernetes(Part source) {
    return source.at("address").text().startsWith(KUBERNETES);
  }
}
