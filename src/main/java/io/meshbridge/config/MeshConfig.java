package io.meshbridge.config;

import io.meshbridge.importing.ImportRules;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator.WriteContext;

/**
 * One mesh that this process serves.
 *
 * @param mesh as configured; its version is not known yet
 * @param backend where its objects are
 * @param transit whether what was imported into it may be exported again
 * @param gateways whether others' ingress gateways are imported into it
 * @param observed whether what would be written into it is only told
 * @param imports which services are imported into it
 * @param settings what its adapter reads, or for {@link Backend#FILES} the files backend; checked
 */
public record MeshConfig(
    MeshDescriptor mesh,
    Backend backend,
    boolean transit,
    boolean gateways,
    boolean observed,
    ImportRules imports,
    Settings settings) {

  /**
   * Where and for whom its imports are written.
   *
   * @param version of its control plane; empty for the newest that is known
   */
  public WriteContext writeContext(String federation, String version) {
    var namespace = settings.text("namespace").orElse("");
    return new WriteContext(federation, mesh.id(), namespace, version);
  }

  /** Where the objects of a mesh are. */
  public enum Backend {
    /** Behind the API of its control plane. */
    LIVE("live"),
    /** In a folder of manifests. */
    FILES("files");

    private final String word;

    Backend(String word) {
      this.word = word;
    }

    /** As the configuration spells it. */
    public String word() {
      return word;
    }
  }
}
