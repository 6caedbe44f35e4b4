package io.meshbridge.adapter.files;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.testkit.Samples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A folder that is the mesh {@code toys}. */
final class Rig {
  static final String MESH = "toys";

  private Rig() {}

  static MeshConnection connect(Path folder, FileFormat format) {
    var backend = new FilesBackend();
    var settings =
        Settings.check(
            backend.settings(),
            Map.of("path", folder.toString(), "rescan", "100ms", "settle", "5ms"));
    // The real clock: the file system stamps its files with it.
    var context =
        new ConnectionContext(Samples.FEDERATION, Samples.mesh(MESH, "toy"), Clock.systemUTC());
    return backend.connect(settings, context, new ToyTranslator(format));
  }

  static ServiceKey service(String name) {
    return Samples.key(MESH, "toys", name);
  }
}
