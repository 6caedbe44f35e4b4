package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.Capabilities;
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
import java.util.Optional;

/**
 * Reads Services with their slices and pods, ServiceEntries, PeerAuthentications, VirtualServices,
 * DestinationRules and Gateways, of its own and of the Gateway API with its routes; writes
 * ServiceEntries with a DestinationRule and a VirtualService where the policy needs them, and
 * gateways as Gateways with a VirtualService.
 */
final class IstioTranslator implements Translator {
  private final IstioSettings settings;

  /** For objects of a mesh of which no more is known. */
  IstioTranslator() {
    this(IstioSettings.DEFAULT);
  }

  /** For a mesh with these settings. */
  IstioTranslator(IstioSettings settings) {
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
    var shape =
        new ImportShape(
            context.federation(),
            context.target(),
            namespace,
            settings.clusterDomain(),
            settings.ingressPods());
    return switch (shape.of(service, Capabilities.of(context.version()))) {
      case Shape.Refused refused -> new Translation.Refused(refused.losses());
      case Shape.Objects objects ->
          new Translation.Written(documentsOf(objects), objects.callable(), objects.losses());
      case Shape.Gateway gateway ->
          new Translation.Written(documentsOf(gateway), true, gateway.losses());
    };
  }

  /** In the order in which they have to be written: a route leads to what is there already. */
  private static List<NativeDocument> documentsOf(Shape.Objects objects) {
    var name = objects.key().name();
    var documents = new ArrayList<NativeDocument>();
    documents.add(new NativeDocument("serviceentry-" + name, objects.entry()));
    objects.rule().ifPresent(r -> documents.add(new NativeDocument("destinationrule-" + name, r)));
    objects.route().ifPresent(r -> documents.add(new NativeDocument("virtualservice-" + name, r)));
    return documents;
  }

  private static List<NativeDocument> documentsOf(Shape.Gateway shape) {
    var name = shape.key().name();
    var documents = new ArrayList<NativeDocument>();
    documents.add(new NativeDocument("gateway-" + name, shape.gateway()));
    shape.route().ifPresent(r -> documents.add(new NativeDocument("virtualservice-" + name, r)));
    return documents;
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return KubeObject.of(document.content(), Problems.NONE).flatMap(OwnMarks::of);
  }
}
