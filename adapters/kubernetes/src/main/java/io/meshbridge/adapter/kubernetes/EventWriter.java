package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Writes Events on owners' objects. An Event is a word in passing: one that cannot be written is
 * left out, and the conditions and REST still say how things stand.
 */
final class EventWriter {
  private static final Logger LOG = Logger.getLogger(EventWriter.class);
  private static final String CONTROLLER = "meshbridge.io/bridge";
  private static final int MOST_OF_A_NOTE = 1024;
  private static final int MOST_OF_A_NAME = 200;
  private static final int DIGITS_OF_A_NAME = 16;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ObjectWriter writer;
  private final String federation;
  private final MeshId mesh;
  private final EventBudget budget;
  // What was last said of an export in each mesh, by the names of its objects: it is not said
  // again.
  private final Map<ResourceKey, Map<Subject, OwnerEvent>> said = new HashMap<>();
  private boolean leavesOut;

  private record Subject(Target object, String about) {}

  /**
   * An object of an owner.
   *
   * @param uid which incarnation
   */
  record Target(ResourceType type, ResourceKey key, String uid) {}

  EventWriter(KubernetesAccess access, String federation, MeshId mesh, LongSupplier nanoTime) {
    this.writer = new ObjectWriter(access, "meshbridge-owners/" + mesh);
    this.federation = federation;
    this.mesh = mesh;
    this.budget = new EventBudget(nanoTime);
  }

  /**
   * Tells what has happened on one object, unless that was the last thing said there.
   *
   * @param seenAt when it happened; with it, the same Event has the same name whenever it is tried
   * @throws MeshUnavailableException if the server cannot be reached
   */
  void tell(Target target, OwnerEvent event, Instant seenAt, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var subject = new Subject(target, event.about());
    var before = said.getOrDefault(target.key(), Map.of()).get(subject);
    if (event.equals(before) || !mayTell(target)) {
      return;
    }
    var manifest = manifest(target, event, seenAt);
    var result = writer.create(ResourceType.EVENT, target.key(), manifest, permit);
    switch (result) {
      case WriteResult.Done ignored -> written(subject, event);
      // A try whose answer was lost.
      case WriteResult.Taken ignored -> written(subject, event);
      case WriteResult.Denied denied -> leaveOut(denied.reason());
      case WriteResult.Missing missing -> leaveOut(missing.message());
      case WriteResult.Contested contested -> leaveOut(contested.message());
      case WriteResult.Outdated ignored -> leaveOut("the server answered with a conflict");
    }
  }

  /** Nothing is to be said of the objects of this name any more. */
  void forget(ResourceKey key) {
    said.remove(key);
  }

  private boolean mayTell(Target target) {
    if (budget.take(target.key())) {
      return true;
    }
    leaveOut("too many in a short time, the last on " + target.key());
    return false;
  }

  private void written(Subject subject, OwnerEvent event) {
    said.computeIfAbsent(subject.object().key(), key -> new HashMap<>(2)).put(subject, event);
    if (leavesOut) {
      leavesOut = false;
      LOG.infof("events are written again mesh=%s", mesh);
    }
  }

  private void leaveOut(String reason) {
    if (!leavesOut) {
      leavesOut = true;
      LOG.warnf("events are left out mesh=%s error=%s", mesh, reason);
    }
  }

  private Map<String, Object> manifest(Target target, OwnerEvent event, Instant seenAt) {
    var note = OwnerWords.within(MOST_OF_A_NOTE, event.note());
    var name =
        target.key().name().substring(0, Math.min(target.key().name().length(), MOST_OF_A_NAME))
            + "."
            + ContentHash.shortOf(
                List.of(target.uid(), event.about(), event.reason(), seenAt.toString()),
                DIGITS_OF_A_NAME);
    var labels = new LinkedHashMap<String, String>();
    labels.put("app.kubernetes.io/managed-by", "meshbridge");
    labels.put(Marks.KUBERNETES.of("federation"), federation);
    var manifest =
        Manifests.of(
            ResourceType.EVENT, new ResourceKey(target.key().namespace(), name), labels, Map.of());
    manifest.put("eventTime", MICROS.format(seenAt));
    manifest.put("reportingController", CONTROLLER);
    manifest.put("reportingInstance", "mesh-" + mesh);
    manifest.put("action", event.action());
    manifest.put("reason", event.reason());
    manifest.put("type", event.warning() ? "Warning" : "Normal");
    manifest.put("note", note);
    manifest.put(
        "regarding",
        Map.of(
            "apiVersion",
            target.type().apiVersion(),
            "kind",
            target.type().kind(),
            "namespace",
            target.key().namespace(),
            "name",
            target.key().name(),
            "uid",
            target.uid()));
    return manifest;
  }
}
