package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One reading of a set of manifests: sorts them by kind, then reads what is wanted. */
final class ManifestReading {
  private final MeshDescriptor mesh;
  private final Selection selection;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, Document> documentOf = new HashMap<>();
  private final Map<ResourceKey, ServiceFacts> services = new TreeMap<>();
  private final Map<ResourceKey, List<SliceFacts>> slices = new HashMap<>();
  private final Map<ResourceKey, List<SliceFacts>> endpoints = new HashMap<>();
  private final Map<ResourceKey, EntryFacts> entries = new TreeMap<>();
  private final List<PeerPolicy> policies = new ArrayList<>();
  private final List<Offer> offers = new ArrayList<>();
  private final TreeMap<ServiceKey, String> unreadable = new TreeMap<>();
  private final TreeMap<ServiceKey, Location> locations = new TreeMap<>();

  ManifestReading(MeshDescriptor mesh, Selection selection) {
    this.mesh = mesh;
    this.selection = selection;
  }

  Reading read(List<Document> documents) {
    documents.stream().flatMap(document -> ListKinds.expand(document).stream()).forEach(this::sort);
    var reader = new OfferReader(mesh, IstioSettings.DEFAULT_CLUSTER_DOMAIN, this::locationOf);
    var rules = new PeerPolicies(policies, "istio-system");
    services.values().stream()
        .filter(this::isWanted)
        .forEach(
            service ->
                add(
                    service.key(),
                    service.object(),
                    reader.service(service, slicesOf(service.key()), rules)));
    entries.values().stream()
        .filter(entry -> isWanted(entry.exported(), entry.mirroredBy(), entry.importedPath()))
        .forEach(entry -> addEntry(entry, reader, rules));
    offers.sort(Comparator.comparing(Offer::key));
    return new Reading(offers, unreadable, diagnostics, locations);
  }

  private void sort(Document document) {
    var found =
        KubeObject.of(document.content(), (path, message) -> error(document, path, message));
    found.ifPresent(object -> sort(document, object));
  }

  private void sort(Document document, KubeObject object) {
    documentOf.put(object.reference(), document);
    switch (object.group() + "/" + object.kind()) {
      case "/Service" -> services.put(object.key(), told(ServiceFacts.of(object)));
      case "discovery.k8s.io/EndpointSlice" -> addSlice(slices, SliceFacts.ofSlice(object));
      case "/Endpoints" ->
          SliceFacts.ofEndpoints(object).forEach(subset -> addSlice(endpoints, subset));
      case "networking.istio.io/ServiceEntry" -> addEntry(object);
      case "security.istio.io/PeerAuthentication" ->
          policies.add(PeerPolicy.of(object, (path, message) -> error(document, path, message)));
      case "/Namespace" -> {}
      case "multicluster.x-k8s.io/ServiceExport" ->
          warning(
              document,
              "a ServiceExport is no mark unless its mesh says so; label the Service"
                  + " meshbridge.io/export: \"true\"");
      default ->
          warning(
              document,
              object.reference() + " is not translated: it says nothing of a service's endpoints");
    }
  }

  private void addEntry(KubeObject object) {
    var entry = EntryFacts.of(object);
    tell(entry.problems());
    entries.put(object.key(), entry);
  }

  private ServiceFacts told(ServiceFacts service) {
    tell(service.problems());
    return service;
  }

  private void addSlice(Map<ResourceKey, List<SliceFacts>> to, SliceFacts slice) {
    tell(slice.problems());
    to.computeIfAbsent(slice.service(), k -> new ArrayList<>()).add(slice);
  }

  private void tell(List<Problem> problems) {
    problems.stream()
        .filter(Problem::malformed)
        .forEach(
            problem ->
                diagnostics.add(
                    new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        locationOf(problem),
                        problem.path(),
                        problem.message())));
  }

  /** EndpointSlices take the place of the older Endpoints, which only mirror them. */
  private List<SliceFacts> slicesOf(ResourceKey service) {
    return slices.getOrDefault(service, endpoints.getOrDefault(service, List.of()));
  }

  private boolean isWanted(ServiceFacts service) {
    return isWanted(service.exported(), service.mirroredBy(), service.importedPath());
  }

  private boolean isWanted(boolean exported, String mirroredBy, String importedPath) {
    boolean marked =
        switch (selection) {
          case MARKED -> exported;
          case ALL -> exported || importedPath.isEmpty();
        };
    return marked && mirroredBy.isEmpty();
  }

  private void addEntry(EntryFacts entry, OfferReader reader, PeerPolicies rules) {
    var service = services.get(entry.key());
    if (service != null && isWanted(service)) {
      diagnostics.add(
          new Diagnostic(
              Diagnostic.Severity.WARNING,
              locationOf(Problem.unsaid(entry.object(), "metadata.name", "")),
              "metadata.name",
              entry.object() + " has the name of an exported Service, which is offered instead"));
      return;
    }
    add(entry.key(), entry.object(), reader.entry(entry, rules));
  }

  private void add(ResourceKey key, String object, ReadResult result) {
    var service = new ServiceKey(mesh.id(), key.namespace(), key.name());
    locations.put(service, locationOf(Problem.unsaid(object, "metadata.name", "")));
    switch (result) {
      case ReadResult.Readable readable -> offers.add(readable.offer());
      case ReadResult.Unreadable no -> unreadable.put(service, no.reason());
    }
  }

  private Location locationOf(Problem problem) {
    var document = documentOf.get(problem.object());
    return document == null ? Location.of(problem.object()) : document.locationOf(problem.path());
  }

  private void error(Document document, String path, String message) {
    diagnostics.add(
        new Diagnostic(Diagnostic.Severity.ERROR, document.locationOf(path), path, message));
  }

  private void warning(Document document, String message) {
    diagnostics.add(new Diagnostic(Diagnostic.Severity.WARNING, document.location(), "", message));
  }
}
