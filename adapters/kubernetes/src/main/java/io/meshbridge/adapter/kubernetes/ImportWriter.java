package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Makes single writes and tells the store what came of them.
 *
 * <p>On an object that bears our marks we win: a field of ours that another manager took is taken
 * back by force, once per change of theirs, and logged when it begins and when it is over. Who
 * wants an object of his own under that name makes one, and we yield.
 */
final class ImportWriter {
  private static final Logger LOG = Logger.getLogger(ImportWriter.class);

  private final ObjectWriter objects;
  private final WrittenKind kind;
  private final ObjectStore store;
  private final Contests contests = new Contests(System::nanoTime);
  private final String federation;
  private final MeshId target;
  private final boolean createNamespace;

  ImportWriter(
      KubernetesAccess access,
      WrittenKind kind,
      ObjectStore store,
      String federation,
      MeshId target,
      boolean createNamespace) {
    this.objects = new ObjectWriter(access, "meshbridge/" + federation);
    this.kind = kind;
    this.store = store;
    this.federation = federation;
    this.target = target;
    this.createNamespace = createNamespace;
  }

  /** What is kept of an object of this kind. */
  WatchedObject watched(KubeObject object) {
    return WatchedObject.of(object, kind.claims().apply(object), federation, target);
  }

  /** Whether the live object says all that the manifest says. */
  boolean holds(Map<String, Object> manifest, WatchedObject live) {
    boolean holds = kind.fields().hold(manifest, live.object());
    if (holds) {
      var key = live.object().key();
      contests
          .calm(key)
          .ifPresent(
              rounds ->
                  LOG.infof(
                      "own fields are left alone again mesh=%s kind=%s namespace=%s name=%s"
                          + " taken_back=%d",
                      target, kind.type().kind(), key.namespace(), key.name(), rounds));
    }
    return holds;
  }

  WriteResult create(ResourceKey key, Map<String, Object> manifest, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var result = objects.create(kind.type(), key, manifest, permit);
    if (result instanceof WriteResult.Missing missing) {
      return createWithNamespace(key, manifest, missing, permit);
    }
    return noted(key, result);
  }

  WriteResult apply(
      ResourceKey key, Map<String, Object> manifest, WatchedObject live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean contested = contests.isOn(key);
    var result = objects.apply(kind.type(), live.object(), manifest, contested, permit);
    if (result instanceof WriteResult.Contested contest) {
      noteContest(key, contest);
      result = objects.apply(kind.type(), live.object(), manifest, true, permit);
    } else if (contested) {
      contests.takeBack(key);
    }
    if (result instanceof WriteResult.Denied denied) {
      result = applyOverLists(manifest, live, denied, permit);
    }
    return noted(key, result);
  }

  private void noteContest(ResourceKey key, WriteResult.Contested contest) {
    if (contests.takeBack(key)) {
      LOG.warnf(
          "taking back own fields mesh=%s kind=%s namespace=%s name=%s error=%s",
          target, kind.type().kind(), key.namespace(), key.name(), contest.message());
    }
  }

  /**
   * An element that somebody put in the place of one of ours is his, and an apply leaves it beside
   * ours: two ports of one name, which the API refuses. So the lists are put right as a whole
   * first.
   */
  private WriteResult applyOverLists(
      Map<String, Object> manifest,
      WatchedObject live,
      WriteResult.Denied denied,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var lists = kind.fields().keyedListsOf(manifest);
    if (lists.isEmpty()) {
      return denied;
    }
    return switch (objects.replaceLists(kind.type(), live.object(), lists, permit)) {
      case WriteResult.Done replaced ->
          objects.apply(kind.type(), replaced.object(), manifest, true, permit);
      case WriteResult.Denied ignored -> denied;
      case WriteResult.Taken taken -> taken;
      case WriteResult.Outdated outdated -> outdated;
      case WriteResult.Missing missing -> missing;
      case WriteResult.Contested contested -> contested;
    };
  }

  WriteResult delete(WatchedObject live, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var result = objects.delete(kind.type(), live.object(), permit);
    if (result instanceof WriteResult.Done || result instanceof WriteResult.Missing) {
      store.vanished(live);
      contests.forget(live.object().key());
      return result;
    }
    return noted(live.object().key(), result);
  }

  /** Asks the server what stands there now, and tells the store. */
  void refresh(ResourceKey key) throws MeshUnavailableException, InterruptedException {
    var current = objects.read(kind.type(), key);
    if (current.isPresent()) {
      store.wrote(watched(current.orElseThrow()));
    } else {
      store.at(key).ifPresent(store::vanished);
    }
  }

  /** Missing with the reason that the namespace is not there, if it is not to be created. */
  private WriteResult createWithNamespace(
      ResourceKey key,
      Map<String, Object> manifest,
      WriteResult.Missing missing,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var namespace = key.namespace();
    var namespaceKey = new ResourceKey("", namespace);
    if (objects.read(ResourceType.NAMESPACE, namespaceKey).isPresent()) {
      throw new MeshUnavailableException(
          "cannot write " + kind.type().resource() + ": " + missing.message());
    }
    if (!createNamespace) {
      return new WriteResult.Missing(
          "namespace " + namespace + " does not exist; create it, or set create-namespace");
    }
    var namespaceManifest =
        Manifests.of(
            ResourceType.NAMESPACE,
            namespaceKey,
            Map.of(MadeNamespaces.MARK, MadeNamespaces.OURS),
            Map.of());
    var made = objects.create(ResourceType.NAMESPACE, namespaceKey, namespaceManifest, permit);
    return switch (made) {
      case WriteResult.Done ignored -> {
        LOG.infof("created namespace mesh=%s namespace=%s", target, namespace);
        yield noted(key, objects.create(kind.type(), key, manifest, permit));
      }
      case WriteResult.Taken ignored -> new WriteResult.Outdated();
      case WriteResult.Denied denied -> denied;
      case WriteResult.Contested ignored -> new WriteResult.Outdated();
      case WriteResult.Outdated outdated -> outdated;
      case WriteResult.Missing ignored -> new WriteResult.Outdated();
    };
  }

  /** After a surprise the store must know what the surprise was, before anybody decides again. */
  private WriteResult noted(ResourceKey key, WriteResult result)
      throws MeshUnavailableException, InterruptedException {
    switch (result) {
      case WriteResult.Done done -> store.wrote(watched(done.object()));
      case WriteResult.Taken ignored -> refresh(key);
      case WriteResult.Outdated ignored -> refresh(key);
      case WriteResult.Missing ignored -> refresh(key);
      case WriteResult.Contested ignored -> refresh(key);
      case WriteResult.Denied ignored -> {}
    }
    return result;
  }
}
