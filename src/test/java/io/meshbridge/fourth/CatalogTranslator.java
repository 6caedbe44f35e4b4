package io.meshbridge.fourth;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lines of the catalog to offers, and imports to lines. Pure. */
final class CatalogTranslator implements Translator {
  private static final String NAMESPACE = "default";
  private static final String PORT = "tcp";

  @Override
  public FileFormat fileFormat() {
    return FileFormat.JSON;
  }

  @Override
  public Reading read(List<Document> documents, MeshDescriptor mesh, Selection selection) {
    var byName = new TreeMap<String, List<Document>>();
    for (Document line : documents) {
      var name = String.valueOf(line.content().get("name"));
      byName.computeIfAbsent(name, absent -> new ArrayList<>()).add(line);
    }
    var offers = new ArrayList<Offer>();
    var unreadable = new TreeMap<ServiceKey, String>();
    var locations = new TreeMap<ServiceKey, Location>();
    byName.forEach(
        (name, lines) -> {
          if (isWanted(lines, selection)) {
            var key = new ServiceKey(mesh.id(), NAMESPACE, name);
            locations.put(key, lines.getFirst().location());
            try {
              offers.add(offer(key, lines));
            } catch (IllegalArgumentException malformed) {
              // One bad line costs its own service, and nobody else's.
              unreadable.put(key, malformed.getMessage());
            }
          }
        });
    return new Reading(offers, unreadable, List.of(), locations);
  }

  private boolean isWanted(List<Document> lines, Selection selection) {
    return lines.stream().anyMatch(line -> CatalogLine.isExported(line.content()))
        || (selection == Selection.ALL
            && lines.stream().anyMatch(line -> ownership(line).isEmpty()));
  }

  private Offer offer(ServiceKey key, List<Document> lines) {
    var endpoints = new ArrayList<Endpoint>();
    for (Document line : lines) {
      var address = String.valueOf(line.content().getOrDefault("address", ""));
      var port = Integer.parseInt(String.valueOf(line.content().get("port")));
      endpoints.add(Endpoint.ready(address, Map.of(PORT, port)));
    }
    int number = endpoints.getFirst().ports().get(PORT);
    return new Offer(
        key,
        List.of(new ServicePort(PORT, number, AppProtocol.TCP)),
        new TreeMap<>(),
        List.of(key.name()),
        AccessPolicy.OPEN,
        EndpointList.of(endpoints),
        path(key.mesh(), lines),
        List.of());
  }

  /** An import that somebody exports again has come through other meshes before. */
  private FederationPath path(MeshId mesh, List<Document> lines) {
    var meshes = new ArrayList<MeshId>();
    ownership(lines.getFirst()).ifPresent(mark -> meshes.addAll(mark.path().meshes()));
    meshes.add(mesh);
    return new FederationPath(meshes);
  }

  @Override
  public Translation write(Import service, WriteContext context) {
    var losses = new ArrayList<Loss>();
    var export = service.export();
    if (export.access().reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      lose(service, losses, "access", Outcome.REFUSED, export.access().reason());
    }
    if (export.ports().isEmpty()) {
      lose(service, losses, "ports", Outcome.REFUSED, "it has no port");
    }
    if (!losses.isEmpty()) {
      return new Translation.Refused(losses);
    }
    var port = export.ports().getFirst();
    CatalogLosses.of(service, port).forEach((path, why) -> lose(service, losses, path, why));
    var endpoints =
        service.endpoints().endpoints().stream()
            .filter(endpoint -> CatalogLosses.isSayable(endpoint, port))
            .collect(
                Collectors.toMap(
                    Endpoint::address, e -> e.ports().get(port.name()), (one, other) -> one));
    var mark =
        new Ownership(
            context.federation(),
            context.target(),
            service.service(),
            export.path(),
            ContentHash.of(endpoints));
    var documents = new ArrayList<NativeDocument>();
    new TreeMap<>(endpoints)
        .forEach(
            (address, number) -> {
              var line = CatalogLine.of(service.name(), address, number, mark);
              documents.add(new NativeDocument("line-" + documents.size(), line.content()));
            });
    return new Translation.Written(documents, losses);
  }

  private static void lose(Import service, List<Loss> losses, String path, String reason) {
    lose(service, losses, path, Outcome.DROPPED, reason);
  }

  private static void lose(
      Import service, List<Loss> losses, String path, Outcome outcome, String reason) {
    losses.add(new Loss(Location.of("import " + service.service()), path, outcome, reason, ""));
  }

  @Override
  public Optional<Ownership> ownership(Document document) {
    return CatalogLine.ownershipIn(document.content());
  }
}
