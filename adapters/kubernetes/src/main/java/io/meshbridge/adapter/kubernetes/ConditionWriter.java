package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Brings the conditions of ServiceExports to what they should say, and writes only what differs.
 *
 * <p>The object is its owner's: a condition that another controller holds stays his, and one that
 * somebody undoes again and again is left to him, until there is something else to say.
 */
final class ConditionWriter {
  private static final Logger LOG = Logger.getLogger(ConditionWriter.class);
  private static final int MOST_UNDONE = 3;
  private static final Duration DENIED_WAIT = Duration.ofMinutes(1);
  private static final Pattern TYPE = Pattern.compile("\\[type=\"([^\"]*)\"]");

  private final ObjectWriter writer;
  private final OwnerObjects objects;
  private final MeshId mesh;
  private final Clock clock;
  private final LongSupplier nanoTime;
  // Where we may not write, and when that was found out: one request in a while is enough.
  private final Map<String, Long> denied = new HashMap<>();
  // Of each ServiceExport that we wrote, or wanted to write.
  private final Map<ResourceKey, Told> told = new HashMap<>();

  /**
   * What became of the last write.
   *
   * @param uid of which incarnation
   * @param said what we wrote, without times
   * @param undone how often somebody wrote something else since
   * @param others the conditions that others hold, as they stood
   */
  private record Told(
      String uid, List<ExportCondition> said, int undone, Set<ExportCondition> others) {
    /** Whether another controller held a condition of this type. */
    boolean yieldsOf(String type) {
      return others.stream().anyMatch(other -> other.type().equals(type));
    }
  }

  ConditionWriter(
      KubernetesAccess access,
      OwnerObjects objects,
      MeshId mesh,
      Clock clock,
      LongSupplier nanoTime) {
    // Two meshes of one cluster, or other writers of ours, must not take each other's fields.
    this.writer = new ObjectWriter(access, "meshbridge-owners/" + mesh);
    this.objects = objects;
    this.mesh = mesh;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Brings one ServiceExport to these conditions.
   *
   * @throws MeshUnavailableException if the server cannot be reached
   */
  void bring(ExportMark mark, List<ExportCondition> wanted, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var before = before(mark);
    var ours = wanted.stream().filter(one -> !isAnothers(one, mark, before)).toList();
    if (ours.stream().allMatch(one -> stands(one, mark)) || isDenied(mark.key().namespace())) {
      return;
    }
    boolean isUndone = before.said().equals(ours);
    if (isUndone && before.undone() >= MOST_UNDONE) {
      return;
    }
    int undone = isUndone ? before.undone() + 1 : 0;
    if (undone == MOST_UNDONE) {
      LOG.warnf(
          "conditions are left to whoever undoes them mesh=%s namespace=%s name=%s",
          mesh, mark.key().namespace(), mark.key().name());
    }
    write(mark, ours, new Told(before.uid(), ours, undone, before.others()), permit);
  }

  private Told before(ExportMark mark) {
    var uid = mark.object().version().uid();
    var known = told.get(mark.key());
    return known != null && known.uid().equals(uid) ? known : new Told(uid, List.of(), 0, Set.of());
  }

  /** The ServiceExport is gone. */
  void forget(ResourceKey key) {
    told.remove(key);
  }

  private void write(ExportMark mark, List<ExportCondition> ours, Told then, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (ours.isEmpty()) {
      return;
    }
    var now = clock.instant();
    var conditions =
        ours.stream().map(one -> one.after(mark.conditions(), now).manifest()).toList();
    var result =
        writer.applyStatus(
            ResourceType.SERVICE_EXPORT, mark.object(), Map.of("conditions", conditions), permit);
    switch (result) {
      case WriteResult.Done done -> {
        objects.wrote(ExportMark.of(done.object()));
        told.put(mark.key(), then);
        if (denied.remove(mark.key().namespace()) != null) {
          LOG.infof(
              "conditions may be written again mesh=%s namespace=%s", mesh, mark.key().namespace());
        }
      }
      case WriteResult.Contested contested -> yieldTo(contested, mark, ours, then, permit);
      // Deleted, or another one of its name: the feed tells, and it is told anew.
      case WriteResult.Outdated ignored -> {}
      case WriteResult.Missing ignored -> {}
      case WriteResult.Taken ignored -> {}
      case WriteResult.Denied no -> refused(no, mark, ours, then);
    }
  }

  private void refused(
      WriteResult.Denied no, ExportMark mark, List<ExportCondition> ours, Told then) {
    var namespace = mark.key().namespace();
    if (!no.forbidden()) {
      told.put(mark.key(), new Told(then.uid(), ours, MOST_UNDONE, then.others()));
      LOG.warnf(
          "conditions are not accepted mesh=%s namespace=%s name=%s error=%s",
          mesh, namespace, mark.key().name(), no.reason());
    } else if (denied.put(namespace, nanoTime.getAsLong()) == null) {
      LOG.warnf(
          "conditions may not be written mesh=%s namespace=%s error=%s",
          mesh, namespace, no.reason());
    }
  }

  private boolean isDenied(String namespace) {
    var since = denied.get(namespace);
    return since != null && nanoTime.getAsLong() - since < DENIED_WAIT.toNanos();
  }

  /** Says the rest. */
  private void yieldTo(
      WriteResult.Contested contested,
      ExportMark mark,
      List<ExportCondition> ours,
      Told then,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var named = new HashSet<String>();
    TYPE.matcher(contested.message()).results().forEach(match -> named.add(match.group(1)));
    var theirs = ours.stream().map(ExportCondition::type).filter(named::contains).toList();
    // A server that does not say which: then none is ours for sure.
    var types = theirs.isEmpty() ? ours.stream().map(ExportCondition::type).toList() : theirs;
    if (types.stream().anyMatch(type -> !then.yieldsOf(type))) {
      LOG.warnf(
          "conditions belong to another controller mesh=%s namespace=%s name=%s types=%s error=%s",
          mesh, mark.key().namespace(), mark.key().name(), types, contested.message());
    }
    var others = new HashSet<>(then.others());
    others.removeIf(other -> types.contains(other.type()));
    mark.conditions().stream().filter(one -> types.contains(one.type())).forEach(others::add);
    var rest = ours.stream().filter(one -> !types.contains(one.type())).toList();
    var next = new Told(then.uid(), rest, then.undone(), Set.copyOf(others));
    told.put(mark.key(), next);
    if (!rest.stream().allMatch(one -> stands(one, mark))) {
      write(mark, rest, next, permit);
    }
  }

  /** Whether another controller held the condition, and it stands as it did. */
  private static boolean isAnothers(ExportCondition one, ExportMark mark, Told before) {
    return mark.conditions().stream()
        .anyMatch(
            standing -> standing.type().equals(one.type()) && before.others().contains(standing));
  }

  private static boolean stands(ExportCondition one, ExportMark mark) {
    return mark.conditions().stream().anyMatch(one::saysTheSameAs);
  }
}
