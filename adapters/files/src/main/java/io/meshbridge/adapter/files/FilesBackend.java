package io.meshbridge.adapter.files;

import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * A mesh that is a folder of manifests, as GitOps keeps it. It is no make of its own: the manifests
 * are those of any make, read and written by that make's translator.
 */
@ApplicationScoped
public class FilesBackend {

  /** The settings that {@link #connect} reads. */
  public List<SettingSpec> settings() {
    return FilesSettings.SPECS;
  }

  /**
   * A live connection to a folder. Opens nothing yet.
   *
   * @param settings checked against {@link #settings()}
   * @param translator of the make of mesh whose manifests these are
   */
  public MeshConnection connect(
      Settings settings, ConnectionContext context, Translator translator) {
    var files = FilesSettings.of(settings);
    return new FilesConnection(
        new FilesSource(files, context, translator, System::nanoTime),
        new FilesSink(files, context, translator, System::nanoTime),
        new FolderDocuments(files.folder(), context),
        translator);
  }
}
