package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.util.List;
import java.util.Optional;

/**
 * Reads Services with their slices, ServiceEntries and PeerAuthentications; writes ServiceEntries.
 */
final class IstioTranslator implements Translator {
  @Override
  public FileFormat fileFormat() {
    return FileFormat.YAML;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    return new ManifestReading(mesh, selection).read(documents);
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    var namespace =
        context.namespace().isEmpty() ? IstioSettings.DEFAULT_NAMESPACE : context.namespace();
    var shape =
        new ServiceEntryShape(
            context.federation(),
            context.target(),
            namespace,
            IstioSettings.DEFAULT_CLUSTER_DOMAIN);
    return switch (shape.of(service)) {
      case Shape.Refused refused -> new Translation.Refused(refused.losses());
      case Shape.Entry entry ->
          new Translation.Written(
              List.of(new NativeDocument("serviceentry-" + entry.key().name(), entry.manifest())),
              entry.callable(),
              entry.losses());
    };
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return KubeObject.of(document.content(), Problems.NONE).flatMap(OwnMarks::of);
  }
}
