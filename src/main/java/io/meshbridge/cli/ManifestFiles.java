package io.meshbridge.cli;

import io.meshbridge.adapter.files.ManifestReader;
import io.meshbridge.adapter.files.ManifestWriter;
import io.meshbridge.adapter.files.Manifests;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.translation.DocumentFiles;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Files as the files backend reads and writes them. */
@Singleton
final class ManifestFiles implements DocumentFiles {
  private final ManifestReader reader = new ManifestReader();
  private final ManifestWriter writer = new ManifestWriter();

  @Override
  public Read read(Path place, Progress progress) {
    return shown(reader.read(place, progress::reading));
  }

  @Override
  public Read read(String name, InputStream stream) {
    return shown(reader.read(name, stream));
  }

  @Override
  public byte[] write(List<NativeDocument> documents, FileFormat format) {
    return writer.write(documents, format);
  }

  private static Read shown(Manifests manifests) {
    return new Read(manifests.documents(), manifests.diagnostics());
  }
}
