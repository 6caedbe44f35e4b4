package io.meshbridge.testing;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Documents of the form {@code {service, namespace, guarded, colour}}. A document without a service
 * is unreadable; a colour cannot be written; the colour {@code black} is refused.
 */
record PaperTranslator(FileFormat fileFormat) implements Translator {
  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var offers = new ArrayList<Offer>();
    var diagnostics = new ArrayList<Diagnostic>();
    var locations = new TreeMap<ServiceKey, Location>();
    for (Document document : documents) {
      if (document.content().containsKey("service")) {
        var offer = offer(document, mesh);
        offers.add(offer);
        locations.put(offer.key(), document.locationOf("service"));
      } else {
        diagnostics.add(
            new Diagnostic(
                Diagnostic.Severity.ERROR, document.location(), "service", "is missing"));
      }
    }
    offers.sort(Comparator.comparing(Offer::key));
    return new Reading(offers, new TreeMap<>(), diagnostics, locations);
  }

  private static Offer offer(Document document, MeshDescriptor mesh) {
    var content = document.content();
    var key = new ServiceKey(mesh.id(), text(content, "namespace"), text(content, "service"));
    var guarded = Boolean.TRUE.equals(content.get("guarded"));
    var labels = new TreeMap<String, String>();
    var losses = new ArrayList<Loss>();
    if (content.containsKey("colour")) {
      labels.put("colour", text(content, "colour"));
      losses.add(
          new Loss(
              document.locationOf("colour"),
              "colour",
              Loss.Outcome.DROPPED,
              "colours are not read",
              "write in grey"));
    }
    return new Offer(
        key,
        List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
        labels,
        List.of(),
        guarded ? AccessPolicy.meshIdentityRequired("it is guarded") : AccessPolicy.OPEN,
        EndpointList.EMPTY,
        FederationPath.startingAt(mesh.id()),
        losses);
  }

  private static String text(Map<String, Object> content, String field) {
    return String.valueOf(content.getOrDefault(field, "default"));
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    if ("black".equals(service.export().labels().get("colour"))) {
      return new Translation.Refused(
          List.of(
              new Loss(
                  Location.of(service.service().toString()),
                  "labels.colour",
                  Loss.Outcome.REFUSED,
                  "black is not legible",
                  "")));
    }
    var content = new LinkedHashMap<String, Object>();
    content.put("name", service.name());
    content.put("origin", service.service().toString());
    content.put("into", context.target() + "/" + context.namespace());
    content.put("federation", context.federation());
    if (!context.version().isEmpty()) {
      content.put("version", context.version());
    }
    content.put("first-seen", service.export().firstSeen().toString());
    return new Translation.Written(
        List.of(new NativeDocument(service.service().name(), content)), List.of());
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return Optional.empty();
  }
}
