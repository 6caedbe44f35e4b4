package io.meshbridge.adapter.linkerd;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads Services with their slices and Linkerd's policies; writes Services with slices. */
final class LinkerdTranslator implements Translator {
  private final LinkerdSettings settings;

  /** For objects of a mesh of which no more is known. */
  LinkerdTranslator() {
    this(LinkerdSettings.DEFAULT);
  }

  /** For a mesh with these settings. */
  LinkerdTranslator(LinkerdSettings settings) {
    this.settings = settings;
  }

  @Override
  public FileFormat fileFormat() {
    return FileFormat.YAML;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    return new ManifestReading(mesh, selection, settings).read(documents);
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    var namespace = context.namespace().isEmpty() ? settings.namespace() : context.namespace();
    var shape = new ImportShape(context.federation(), context.target(), namespace);
    return switch (shape.of(service, HostAnswers.NONE)) {
      case Shape.Refused refused -> new Translation.Refused(refused.losses());
      case Shape.Objects objects -> {
        var documents = new ArrayList<NativeDocument>();
        for (Shape.Part part : objects.parts()) {
          documents.add(document("service-", part.service()));
          part.slices().forEach(slice -> documents.add(document("endpointslice-", slice)));
        }
        objects.routes().forEach(route -> documents.add(document(route)));
        yield new Translation.Written(documents, objects.callable(), objects.losses());
      }
    };
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return KubeObject.of(document.content(), Problems.NONE).flatMap(OwnMarks::of);
  }

  private static NativeDocument document(Shape.Routed route) {
    return document(
        RouteTypes.of(route.kind()).kind().toLowerCase(Locale.ROOT) + "-", route.item());
  }

  private static NativeDocument document(String kind, Shape.Item item) {
    return new NativeDocument(kind + item.key().name(), item.manifest());
  }
}
