package io.meshbridge.adapter.files;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The smallest make of mesh: {@code service: web}, {@code export: true}, {@code port: 80}, {@code
 * endpoints: [10.0.0.1]}; imports are one document for the service and one for its endpoints.
 */
final class TinyTranslator implements Translator {
  static final String NAMESPACE = "shop";

  private final FileFormat format;

  TinyTranslator(FileFormat format) {
    this.format = format;
  }

  static TinyTranslator yaml() {
    return new TinyTranslator(FileFormat.YAML);
  }

  @Override
  public FileFormat fileFormat() {
    return format;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var offers = new TreeMap<ServiceKey, Offer>();
    var unreadable = new TreeMap<ServiceKey, String>();
    var diagnostics = new ArrayList<Diagnostic>();
    for (Document document : documents) {
      var content = document.content();
      if (!(content.get("service") instanceof String name)) {
        diagnostics.add(error(document, "service", "must be a name"));
      } else if (Boolean.TRUE.equals(content.get("export")) || selection == Selection.ALL) {
        var key = new ServiceKey(mesh.id(), NAMESPACE, name);
        if (content.get("port") instanceof Integer port) {
          offers.put(key, offer(key, port, content.get("endpoints"), pathOf(document, mesh)));
        } else {
          unreadable.put(key, "port must be a number");
          diagnostics.add(error(document, "port", "must be a number"));
        }
      }
    }
    return new Reading(List.copyOf(offers.values()), unreadable, diagnostics, new TreeMap<>());
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    if (service.endpoints().size() == 0) {
      return new Translation.Refused(
          List.of(
              new Loss(Location.of("x"), "endpoints", Loss.Outcome.REFUSED, "there are none", "")));
    }
    var ownership =
        new Ownership(
            context.federation(),
            context.target(),
            service.service(),
            service.export().path(),
            "0".repeat(64));
    var addresses = service.endpoints().endpoints().stream().map(Endpoint::address).toList();
    var documents = new ArrayList<NativeDocument>();
    documents.add(document("service", ownership, Map.of("service", service.name())));
    if (addresses.size() > 1) {
      documents.add(document("endpoints", ownership, Map.of("addresses", addresses)));
    }
    return new Translation.Written(documents, List.of());
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    if (!(document.content().get("marks") instanceof Map<?, ?> marks)) {
      return Optional.empty();
    }
    var values = new TreeMap<String, String>();
    marks.forEach((key, value) -> values.put(key.toString(), value.toString()));
    return Ownership.fromMarks(Marks.KUBERNETES, values);
  }

  private static NativeDocument document(
      String name, Ownership ownership, Map<String, Object> fields) {
    var content = new LinkedHashMap<String, Object>(fields);
    content.put("marks", ownership.toMarks(Marks.KUBERNETES));
    return new NativeDocument(name, content);
  }

  private FederationPath pathOf(Document document, MeshDescriptor mesh) {
    return ownership(document)
        .map(ownership -> ownership.path().then(mesh.id()))
        .orElse(FederationPath.startingAt(mesh.id()));
  }

  private static Offer offer(ServiceKey key, int port, Object endpoints, FederationPath path) {
    var addresses = endpoints instanceof List<?> list ? list : List.of();
    return new Offer(
        key,
        List.of(new ServicePort("http", port, AppProtocol.HTTP)),
        new TreeMap<>(),
        List.of(),
        AccessPolicy.OPEN,
        EndpointList.of(
            addresses.stream()
                .map(address -> Endpoint.ready(address.toString(), Map.of("http", port)))
                .toList()),
        path,
        List.of());
  }

  private static Diagnostic error(Document document, String path, String message) {
    return new Diagnostic(Diagnostic.Severity.ERROR, document.locationOf(path), path, message);
  }
}
