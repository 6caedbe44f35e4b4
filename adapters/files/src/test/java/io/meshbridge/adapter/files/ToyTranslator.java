package io.meshbridge.adapter.files;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.Reachability;
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
 * A make of mesh for tests. A service is a map: its {@code name}, {@code export: true}, a {@code
 * port} and a list of {@code hosts}. One without a name is an error that nobody can assign; one
 * whose port is no number is unreadable. An import becomes one document per port.
 */
final class ToyTranslator implements Translator {
  private final FileFormat format;

  ToyTranslator(FileFormat format) {
    this.format = format;
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
      if (!(content.get("name") instanceof String name)) {
        diagnostics.add(new Diagnostic(Severity.ERROR, document.location(), "name", "has no name"));
      } else if (Boolean.TRUE.equals(content.get("export"))) {
        var key = new ServiceKey(mesh.id(), "toys", name);
        if (content.get("port") instanceof Integer port) {
          offers.put(key, offer(key, port, content));
        } else {
          var fault = new Diagnostic(Severity.ERROR, document.location(), "port", "no number");
          diagnostics.add(fault);
          unreadable.put(key, fault.message());
        }
      }
    }
    return new Reading(List.copyOf(offers.values()), unreadable, diagnostics, new TreeMap<>());
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    var export = service.export();
    if (export.access().reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      var location = Location.of(service.service().toString());
      return new Translation.Refused(
          List.of(new Loss(location, "access", Loss.Outcome.REFUSED, "no identities here", "")));
    }
    var documents = new ArrayList<NativeDocument>();
    for (ServicePort port : export.ports()) {
      var content = new LinkedHashMap<String, Object>();
      content.put("name", service.name());
      content.put("port", port.number());
      content.put(
          "hosts", service.endpoints().endpoints().stream().map(Endpoint::address).toList());
      var ownership =
          new Ownership(
              context.federation(),
              context.target(),
              service.service(),
              export.path(),
              ContentHash.of(content));
      content.put("marks", ownership.toMarks(Marks.KUBERNETES));
      documents.add(new NativeDocument(port.name(), content));
    }
    return new Translation.Written(documents, List.of());
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    var marks = new TreeMap<String, String>();
    if (document.content().get("marks") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> marks.put(key.toString(), value.toString()));
    }
    return Ownership.fromMarks(Marks.KUBERNETES, marks);
  }

  private static Offer offer(ServiceKey key, int port, Map<String, Object> content) {
    var endpoints = new ArrayList<Endpoint>();
    if (content.get("hosts") instanceof List<?> hosts) {
      hosts.forEach(host -> endpoints.add(Endpoint.ready(host.toString(), Map.of("toy", port))));
    }
    return new Offer(
        key,
        List.of(new ServicePort("toy", port, AppProtocol.TCP)),
        new TreeMap<>(),
        List.of(),
        AccessPolicy.OPEN,
        EndpointList.of(endpoints),
        FederationPath.startingAt(key.mesh()),
        List.of());
  }
}
