package io.meshbridge.api;

import io.quarkus.info.runtime.spi.InfoContributor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which build this is, under {@code /q/info}: nothing that differs between two builds of it. */
@Singleton
final class BuildInfo implements InfoContributor {
  private final String version;
  private final Optional<String> commit;

  BuildInfo(
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "build.commit") Optional<String> commit) {
    this.version = version;
    this.commit = commit;
  }

  @Override
  public String name() {
    return "build";
  }

  @Override
  public Map<String, Object> data() {
    var facts = new TreeMap<String, Object>();
    facts.put("version", version);
    commit.ifPresent(id -> facts.put("commit", id));
    return facts;
  }
}
