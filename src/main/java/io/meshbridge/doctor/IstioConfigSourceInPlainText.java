package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Stream;

/** Of all TLS modes istiod implements only {@code SIMPLE} for its config sources. */
final class IstioConfigSourceInPlainText implements DocumentCheck {
  private static final Set<String> IMPLEMENTED = Set.of("SIMPLE", "DISABLE", "");

  @Override
  public Trap trap() {
    return Trap.error(
        "istio-config-source-in-plain-text",
        "istio",
        "istiod implements only SIMPLE there, and speaks plain text without complaint",
        "use SIMPLE, and keep others out by a network policy");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return IstioMeshConfigs.structured(documents)
        .flatMap(config -> config.at("configSources").items())
        .map(source -> source.at("tlsSettings", "mode"))
        .filter(mode -> !IMPLEMENTED.contains(mode.text()))
        .map(mode -> found(mode, "a config source with TLS mode " + mode.text()));
  }
}
