package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One reading of a set of manifests: keeps what every mesh on Kubernetes reads, Services and their
 * endpoints, and where everything stands, and collects what comes of it.
 */
public final class ManifestSet {
  private final MeshDescriptor mesh;
  private final Selection selection;
  private final Function<KubeObject, ServiceFacts> trim;
  private final Predicate<ServiceFacts> ownMark;
  private final boolean serviceExports;
  private final Set<ResourceKey> exports = new HashSet<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final TreeMap<String, Document> documentOf = new TreeMap<>();
  private final Map<ResourceKey, ServiceFacts> services = new TreeMap<>();
  private final Map<ResourceKey, List<SliceFacts>> slices = new HashMap<>();
  private final Map<ResourceKey, List<SliceFacts>> endpoints = new HashMap<>();
  private final List<Offer> offers = new ArrayList<>();
  private final TreeMap<ServiceKey, String> unreadable = new TreeMap<>();
  private final TreeMap<ServiceKey, Location> locations = new TreeMap<>();

  /** Takes the kinds that only one make of mesh reads. */
  @FunctionalInterface
  public interface OwnKinds {
    /**
     * Reads an object of such a kind.
     *
     * @param kind {@code group/Kind}, such as {@code policy.linkerd.io/Server}
     * @param problems takes what is wrong with it
     * @return whether the kind is one of them
     */
    boolean take(String kind, KubeObject object, Problems problems);
  }

  /**
   * Nothing was read yet.
   *
   * @param trim what is kept of a Service
   * @param ownMark whether a Service itself says that it is exported
   * @param serviceExports whether ServiceExports are read as marks, too
   */
  public ManifestSet(
      MeshDescriptor mesh,
      Selection selection,
      Function<KubeObject, ServiceFacts> trim,
      Predicate<ServiceFacts> ownMark,
      boolean serviceExports) {
    this.mesh = mesh;
    this.selection = selection;
    this.trim = trim;
    this.ownMark = ownMark;
    this.serviceExports = serviceExports;
  }

  /** Sorts the documents by kind; of a kind that nobody reads it warns. */
  public void sort(List<Document> documents, OwnKinds others) {
    documents.stream()
        .flatMap(document -> ListKinds.expand(document).stream())
        .forEach(document -> sort(document, others));
  }

  /** The Services that are wanted. */
  public List<ServiceFacts> services() {
    return services.values().stream()
        .filter(s -> isWanted(isExported(s), s.mirroredBy(), s.importedPath()))
        .toList();
  }

  private boolean isExported(ServiceFacts service) {
    return ownMark.test(service) || exports.contains(service.key());
  }

  /** The Service of that name, if it is wanted. */
  public Optional<ServiceFacts> service(ResourceKey key) {
    return services().stream().filter(service -> service.key().equals(key)).findFirst();
  }

  /** Whether there is a Service of that name, wanted or not. */
  public boolean declares(ResourceKey key) {
    return services.containsKey(key);
  }

  /** Whether an object with these marks is wanted. */
  public boolean isWanted(boolean exported, String mirroredBy, String importedPath) {
    boolean marked =
        switch (selection) {
          case MARKED -> exported;
          case ALL -> exported || importedPath.isEmpty();
        };
    return marked && mirroredBy.isEmpty();
  }

  /** EndpointSlices take the place of the older Endpoints, which only mirror them. */
  public Collection<SliceFacts> slicesOf(ResourceKey service) {
    return slices.getOrDefault(service, endpoints.getOrDefault(service, List.of()));
  }

  /** Says that something about an object is odd. */
  public void warn(String object, String path, String message) {
    diagnostics.add(
        new Diagnostic(
            Diagnostic.Severity.WARNING,
            locationOf(Problem.unsaid(object, path, message)),
            path,
            message));
  }

  /** Tells what is wrong with an object; what is right but cannot be said becomes a loss. */
  public void tell(List<Problem> problems) {
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

  /** Takes what a reader of the mesh's own kinds found. */
  public void tellFaults(Collection<Diagnostic> faults) {
    faults.stream().filter(fault -> !diagnostics.contains(fault)).forEach(diagnostics::add);
  }

  /** Where a field stands. */
  public Location locationOf(Problem problem) {
    var document = documentOf.get(problem.object());
    return document == null ? Location.of(problem.object()) : document.locationOf(problem.path());
  }

  /**
   * Takes what came of an object.
   *
   * @param object the reference for people
   */
  public void add(ResourceKey key, String object, ReadResult result) {
    var service = new ServiceKey(mesh.id(), key.namespace(), key.name());
    locations.put(service, locationOf(Problem.unsaid(object, "metadata.name", "")));
    switch (result) {
      case ReadResult.Readable readable -> offers.add(readable.offer());
      case ReadResult.Unreadable no -> unreadable.put(service, no.reason());
    }
  }

  /** All that was read. */
  public Reading reading() {
    offers.sort(Comparator.comparing(Offer::key));
    return new Reading(offers, unreadable, diagnostics, locations, documentOf);
  }

  private void sort(Document document, OwnKinds others) {
    KubeObject.of(document.content(), problemsOf(document))
        .ifPresent(object -> sort(document, object, others));
  }

  private void sort(Document document, KubeObject object, OwnKinds others) {
    documentOf.put(object.reference(), document);
    var kind = object.group() + "/" + object.kind();
    switch (kind) {
      case "/Service" -> addService(trim.apply(object));
      case "discovery.k8s.io/EndpointSlice" -> addSlice(slices, SliceFacts.ofSliceWithPods(object));
      case "/Endpoints" ->
          SliceFacts.ofEndpoints(object).forEach(subset -> addSlice(endpoints, subset));
      case "multicluster.x-k8s.io/ServiceExport" -> addExport(object);
      default -> {
        if (!others.take(kind, object, problemsOf(document)) && !kind.equals("/Namespace")) {
          warn(
              object.reference(),
              "",
              object.reference() + " is not translated: it says nothing of a service's endpoints");
        }
      }
    }
  }

  private Problems problemsOf(Document document) {
    return (path, message) ->
        diagnostics.add(
            new Diagnostic(Diagnostic.Severity.ERROR, document.locationOf(path), path, message));
  }

  private void addExport(KubeObject object) {
    if (serviceExports) {
      exports.add(object.key());
    } else {
      warn(
          object.reference(),
          "",
          "a ServiceExport is no mark unless its mesh says so; label the Service"
              + " meshbridge.io/export: \"true\"");
    }
  }

  private void addService(ServiceFacts service) {
    tell(service.problems());
    services.put(service.key(), service);
  }

  private void addSlice(Map<ResourceKey, List<SliceFacts>> to, SliceFacts slice) {
    tell(slice.problems());
    to.computeIfAbsent(slice.service(), k -> new ArrayList<>()).add(slice);
  }
}
