package io.meshbridge.testkit.contract;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.Import;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A mesh behind a Kubernetes API, in memory or real: what does not depend on its make. */
public abstract class KubernetesMeshRig implements MeshRig {
  /** The label by which people offer a Service. */
  protected static final String EXPORT = Marks.KUBERNETES.export();

  private final MeshDescriptor mesh;
  private final KubernetesSide kubernetes;

  /**
   * Starts the API.
   *
   * @param customTypes the custom resources that count among the mesh's objects
   */
  protected KubernetesMeshRig(MeshDescriptor mesh, ResourceDefinitionContext... customTypes) {
    this.mesh = mesh;
    this.kubernetes = new KubernetesSide(mesh, customTypes);
  }

  @Override
  public final MeshDescriptor mesh() {
    return mesh;
  }

  @Override
  public void clear() {
    kubernetes.clear();
  }

  @Override
  public ServiceKey put(HomeService service) {
    return kubernetes.put(service);
  }

  @Override
  public void remove(HomeService service) {
    kubernetes.remove(service);
  }

  @Override
  public boolean putMirrored(HomeService service) {
    kubernetes.putMirrored(service);
    return true;
  }

  @Override
  public void breakReading() {
    kubernetes.api().block();
  }

  @Override
  public void restoreReading() {
    kubernetes.api().unblock();
  }

  @Override
  public SortedMap<String, NativeObject> objects() {
    return kubernetes.objects();
  }

  @Override
  public void delete(String object) {
    kubernetes.delete(object);
  }

  @Override
  public void close() {
    kubernetes.close();
  }

  /** The API and what is in it. */
  protected final KubernetesSide kubernetes() {
    return kubernetes;
  }

  /** The objects of an import, as this mesh's bridge writes them. */
  protected final List<NativeDocument> documentsOf(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh.id(), "");
    return ((Translation.Written) translator().write(imported, context)).documents();
  }

  /** The manifest with the label that offers it. */
  protected static Map<String, Object> exported(Map<String, Object> manifest) {
    var metadata = copyOf(manifest.getOrDefault("metadata", Map.of()));
    var labels = copyOf(metadata.getOrDefault("labels", Map.of()));
    labels.put(EXPORT, "true");
    metadata.put("labels", labels);
    var marked = copyOf(manifest);
    marked.put("metadata", metadata);
    return marked;
  }

  /** What somebody can do to our marks on an object. */
  protected final List<Tampering> tamperingsWithMarks(
      ResourceDefinitionContext type, String namespace, String name) {
    return List.of(
        tampering(
            type,
            namespace,
            name,
            "label managed-by",
            object -> object.getMetadata().getLabels().put("app.kubernetes.io/managed-by", "x")),
        tampering(
            type,
            namespace,
            name,
            "annotation content-hash",
            object ->
                object
                    .getMetadata()
                    .getAnnotations()
                    .put(Marks.KUBERNETES.of("content-hash"), "x")));
  }

  /** A change to an object of ours, told by its kind and what is changed. */
  protected final Tampering tampering(
      ResourceDefinitionContext type,
      String namespace,
      String name,
      String what,
      Consumer<GenericKubernetesResource> change) {
    return new Tampering(
        type.getKind() + " " + what, () -> kubernetes.edit(type, namespace, name, change));
  }

  private static Map<String, Object> copyOf(Object map) {
    var copy = new TreeMap<String, Object>();
    ((Map<?, ?>) map).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
