package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.ObjectWriter;
import io.meshbridge.adapter.kubernetes.OwnedFields;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.WriteResult;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes single writes and tells the store what came of them.
 *
 * <p>On an object that bears our marks we win: a field of ours that another manager took is taken
 * back by force, once per change of theirs, and logged. Who wants a ServiceEntry of his own under
 * that host makes one of another name, and we yield.
 */
final class EntryWriter {
  private static final Logger LOG = Logger.getLogger(EntryWriter.class);
  private static final OwnedFields OWNED = new OwnedFields(Set.of("spec.ports"));

  private final ObjectWriter objects;
  private final EntryStore store;
  private final String federation;
  private final MeshId target;
  private final boolean createNamespace;

  EntryWriter(
      KubernetesAccess access,
      EntryStore store,
      String federation,
      MeshId target,
      boolean createNamespace) {
    this.objects = new ObjectWriter(access, "meshbridge/" + federation);
    this.store = store;
    this.federation = federation;
    this.target = target;
    this.createNamespace = createNamespace;
  }

  /** Whether the live object says all that the manifest says. */
  static boolean holds(Map<String, Object> manifest, Entry live) {
    return OWNED.hold(manifest, live.object());
  }

  WriteResult create(Shape.Entry shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    permit.check();
    var result = objects.create(IstioTypes.SERVICE_ENTRY, shape.key(), shape.manifest());
    if (result instanceof WriteResult.Missing missing) {
      return createWithNamespace(shape, missing, permit);
    }
    return noted(shape.key(), result);
  }

  WriteResult apply(Shape.Entry shape, Entry live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var type = IstioTypes.SERVICE_ENTRY;
    var result = objects.apply(type, live.object(), shape.manifest(), false, permit);
    if (result instanceof WriteResult.Contested contested) {
      LOG.warnf(
          "taking back own fields mesh=%s kind=ServiceEntry namespace=%s name=%s error=%s",
          target, shape.key().namespace(), shape.key().name(), contested.message());
      result = objects.apply(type, live.object(), shape.manifest(), true, permit);
    }
    return noted(shape.key(), result);
  }

  WriteResult delete(Entry live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    permit.check();
    var result = objects.delete(IstioTypes.SERVICE_ENTRY, live.object());
    if (result instanceof WriteResult.Done || result instanceof WriteResult.Missing) {
      store.vanished(live);
      return result;
    }
    return noted(live.object().key(), result);
  }

  private WriteResult createWithNamespace(
      Shape.Entry shape, WriteResult.Missing missing, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var namespace = shape.key().namespace();
    var key = new ResourceKey("", namespace);
    if (objects.read(ResourceType.NAMESPACE, key).isPresent()) {
      throw new MeshUnavailableException(
          "cannot write ServiceEntries: " + missing.message() + "; install Istio's CRDs");
    }
    if (!createNamespace) {
      return new WriteResult.Denied(
          "namespace " + namespace + " does not exist; create it, or set create-namespace");
    }
    var manifest =
        Manifests.of(
            ResourceType.NAMESPACE,
            key,
            Map.of("app.kubernetes.io/managed-by", "meshbridge"),
            Map.of());
    permit.check();
    var made = objects.create(ResourceType.NAMESPACE, key, manifest);
    return switch (made) {
      case WriteResult.Done ignored -> {
        LOG.infof("created namespace mesh=%s namespace=%s", target, namespace);
        permit.check();
        yield noted(
            shape.key(), objects.create(IstioTypes.SERVICE_ENTRY, shape.key(), shape.manifest()));
      }
      case WriteResult.Taken ignored -> new WriteResult.Outdated();
      case WriteResult.Denied denied -> denied;
      case WriteResult.Contested ignored -> new WriteResult.Outdated();
      case WriteResult.Outdated outdated -> outdated;
      case WriteResult.Missing ignored -> missing;
    };
  }

  /** After a surprise the store must know what the surprise was, before anybody decides again. */
  private WriteResult noted(ResourceKey key, WriteResult result)
      throws MeshUnavailableException, InterruptedException {
    switch (result) {
      case WriteResult.Done done -> store.wrote(Entry.of(done.object(), federation, target));
      case WriteResult.Taken ignored -> refresh(key);
      case WriteResult.Outdated ignored -> refresh(key);
      case WriteResult.Missing ignored -> refresh(key);
      case WriteResult.Contested ignored -> refresh(key);
      case WriteResult.Denied ignored -> {}
    }
    return result;
  }

  private void refresh(ResourceKey key) throws MeshUnavailableException, InterruptedException {
    var current = objects.read(IstioTypes.SERVICE_ENTRY, key);
    if (current.isPresent()) {
      store.wrote(Entry.of(current.orElseThrow(), federation, target));
    } else {
      store.at(key).ifPresent(store::vanished);
    }
  }
}
