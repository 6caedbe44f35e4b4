package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigEntry;
import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Location;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Reads all that a Consul datacenter says of its services, once. */
final class LiveDocuments {
  /** What no translator reads, but whoever looks for traps. */
  private static final List<String> BESIDES = List.of("terminating-gateway");

  private final ConsulSettings settings;
  private final ConnectionContext context;
  private final ConsulHttp http;
  private final CatalogApi api;
  private final Rights rights;

  LiveDocuments(ConsulSettings settings, ConnectionContext context, ConsulHttp http) {
    this.settings = settings;
    this.context = context;
    this.http = http;
    this.api = new CatalogApi(http, ReadMode.DEFAULT);
    this.rights = new Rights(http);
  }

  MeshDocuments read() throws MeshUnavailableException, InterruptedException {
    rights.requireReadAll();
    http.leader();
    var services = CatalogApi.services(api.servicesForCertain()).keySet();
    var mesh = api.describe(context.mesh(), api.trusted());
    var documents = new ArrayList<>(registrations(services));
    for (ConfigKind kind : ConfigKind.values()) {
      documents.addAll(entries(kind));
    }
    documents.addAll(intentions());
    return new MeshDocuments(mesh, documents, besides(), List.of());
  }

  /** As many services at once as the source reads. */
  private List<Document> registrations(Set<String> services)
      throws MeshUnavailableException, InterruptedException {
    var reads =
        services.stream()
            .<Callable<List<Document>>>map(service -> () -> registrationsOf(service))
            .toList();
    var documents = new ArrayList<Document>();
    try (var lanes = Executors.newFixedThreadPool(settings.lanes(), Thread.ofVirtual().factory())) {
      for (var read : lanes.invokeAll(reads)) {
        documents.addAll(read.get());
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case MeshUnavailableException unavailable -> throw unavailable;
        case InterruptedException cancelled -> throw cancelled;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
    return documents;
  }

  private List<Document> registrationsOf(String service)
      throws MeshUnavailableException, InterruptedException {
    return Fields.objects(api.whole(CatalogApi.healthPath(service)).body()).stream()
        .map(
            told ->
                new Document(
                    Location.of(InstanceReader.reference(told)),
                    ToldObjects.registration(told),
                    Map.of()))
        .toList();
  }

  private List<Document> entries(ConfigKind kind)
      throws MeshUnavailableException, InterruptedException {
    return api.entries(kind).stream()
        .flatMap(told -> ConfigEntry.live(told).stream())
        .map(ConfigEntry::document)
        .toList();
  }

  /** As the entries that they are, which old servers do not tell. */
  private List<Document> intentions() throws MeshUnavailableException, InterruptedException {
    SortedMap<ServiceName, List<Map<String, Object>>> sources = new TreeMap<>();
    for (var intention : Fields.objects(api.whole(CatalogApi.INTENTIONS).body())) {
      var destination =
          ServiceName.of(
              Fields.text(intention, "DestinationNS"), Fields.text(intention, "DestinationName"));
      sources
          .computeIfAbsent(destination, first -> new ArrayList<>())
          .add(ToldObjects.intentionSource(intention));
    }
    return sources.entrySet().stream().map(e -> intentions(e.getKey(), e.getValue())).toList();
  }

  private static Document intentions(ServiceName destination, List<Map<String, Object>> sources) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("Kind", "service-intentions");
    entry.put("Name", destination.name());
    entry.put("Namespace", destination.namespace());
    entry.put("Sources", sources);
    return new Document(Location.of("service-intentions " + destination), entry, Map.of());
  }

  private List<Document> besides() throws MeshUnavailableException, InterruptedException {
    var documents = new ArrayList<Document>();
    for (String kind : BESIDES) {
      var answer = http.get("/v1/config/" + kind);
      for (var told : Fields.objects(answer.body())) {
        var entry = ToldObjects.said(told);
        var reference = kind + " " + Fields.text(entry, "Name");
        documents.add(new Document(Location.of(reference), entry, Map.of()));
      }
    }
    return documents;
  }
}
