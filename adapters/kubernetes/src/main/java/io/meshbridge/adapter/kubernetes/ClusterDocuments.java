package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The objects of a cluster, read kind by kind. For one reading, and one thread. */
public final class ClusterDocuments {
  private final ObjectLists lists;
  private final List<Document> documents = new ArrayList<>();
  private final List<Document> besides = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** Nothing was read yet. */
  public ClusterDocuments(KubernetesAccess access) {
    this.lists = new ObjectLists(access);
  }

  /**
   * Reads a kind without which nothing can be said of services.
   *
   * @throws MeshUnavailableException also if we may not read it
   */
  public void need(ResourceQuery query) throws MeshUnavailableException, InterruptedException {
    need(List.of(query));
  }

  /**
   * The same.
   *
   * @param versions one query for each version in which the kind may be served, the best first
   */
  public void need(List<ResourceQuery> versions)
      throws MeshUnavailableException, InterruptedException {
    var withheld = read(versions, documents, KubeObject::manifest);
    if (withheld.isPresent()) {
      throw new MeshUnavailableException(
          "cannot read " + versions.getFirst() + ": " + withheld.get());
    }
  }

  /**
   * Reads a kind that says how traffic is treated; where we may not see it, that is told.
   *
   * @param versions one query for each version in which the kind may be served, the best first
   */
  public void want(List<ResourceQuery> versions)
      throws MeshUnavailableException, InterruptedException {
    want(versions, documents, KubeObject::manifest, "services are read without it");
  }

  /** Reads of pods no more than by which labels they are told apart. */
  public void wantPods() throws MeshUnavailableException, InterruptedException {
    want(
        List.of(ResourceQuery.all(ResourceType.POD)),
        documents,
        (type, pod) -> {
          pod.getAdditionalProperties().clear();
          return KubeObject.manifest(type, pod);
        },
        "subsets are read without their endpoints");
  }

  /** Reads what no translator reads. */
  public void besides(List<ResourceQuery> versions)
      throws MeshUnavailableException, InterruptedException {
    want(versions, besides, KubeObject::manifest, "no traps are looked for in it");
  }

  /**
   * The objects of a kind of which only something of the mesh itself is taken.
   *
   * @return none if we may not see them
   */
  public List<KubeObject> glance(ResourceQuery query)
      throws MeshUnavailableException, InterruptedException {
    return lists.read(query) instanceof ObjectLists.Answer.Listed listed
        ? listed.objects().stream().map(item -> KubeObject.of(query.type(), item)).toList()
        : List.of();
  }

  /** All that was read. */
  public MeshDocuments of(MeshDescriptor mesh) {
    return new MeshDocuments(mesh, documents, besides, diagnostics);
  }

  /** How an object is written down. */
  @FunctionalInterface
  private interface Form {
    Map<String, Object> of(ResourceType type, GenericKubernetesResource object);
  }

  private void want(
      List<ResourceQuery> versions, List<Document> into, Form form, String consequence)
      throws MeshUnavailableException, InterruptedException {
    read(versions, into, form)
        .ifPresent(
            reason ->
                diagnostics.add(
                    new Diagnostic(
                        Diagnostic.Severity.WARNING,
                        Location.of(versions.getFirst().type().resource()),
                        "",
                        "may not be read, " + consequence + ": " + reason)));
  }

  /** Returns why we may not see it, if we may not. A kind that is not installed has no objects. */
  private Optional<String> read(List<ResourceQuery> versions, List<Document> into, Form form)
      throws MeshUnavailableException, InterruptedException {
    for (ResourceQuery query : versions) {
      switch (lists.read(query)) {
        case ObjectLists.Answer.Listed listed -> {
          listed.objects().forEach(item -> into.add(document(query.type(), item, form)));
          return Optional.empty();
        }
        case ObjectLists.Answer.Forbidden forbidden -> {
          return Optional.of(forbidden.reason());
        }
        case ObjectLists.Answer.Unknown ignored -> {
          // Another version may be served.
        }
      }
    }
    return Optional.empty();
  }

  private static Document document(ResourceType type, GenericKubernetesResource item, Form form) {
    var reference = KubeObject.of(type, item).reference();
    return new Document(Location.of(reference), said(form.of(type, item)), Map.of());
  }

  /** A null is as good as nothing. */
  private static Map<String, Object> said(Map<?, ?> content) {
    var said = new LinkedHashMap<String, Object>();
    content.forEach(
        (key, value) ->
            Optional.ofNullable(value)
                .ifPresent(some -> said.put(String.valueOf(key), saidValue(some))));
    return said;
  }

  private static Object saidValue(Object value) {
    return switch (value) {
      case Map<?, ?> map -> said(map);
      case List<?> list ->
          list.stream().filter(Objects::nonNull).map(ClusterDocuments::saidValue).toList();
      default -> value;
    };
  }
}
