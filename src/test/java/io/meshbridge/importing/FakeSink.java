package io.meshbridge.importing;

import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A target mesh in memory, which keeps the contract of a sink: one import per name, only its own
 * objects, no write where nothing differs. It can be unreachable, slow, or taken by strangers, and
 * it notes whatever its host must never do.
 */
public final class FakeSink implements Sink {
  private final MeshId target;
  private final Set<ServiceKey> busy = ConcurrentHashMap.newKeySet();
  private final Map<ServiceKey, CountDownLatch> gates = new ConcurrentHashMap<>();
  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final SortedMap<ServiceKey, Import> standing = new TreeMap<>();
  private final Map<String, String> foreign = new HashMap<>();
  private final Map<ServiceKey, ApplyOutcome> answers = new HashMap<>();
  private final List<String> journal = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<ServiceKey> everSeen = new HashSet<>();
  private final Set<ServiceKey> outdated = new HashSet<>();
  private Consumer<ServiceKey> touched = service -> {};
  private int failures;
  private int writes;
  private int calls;

  /** An empty mesh. */
  public FakeSink(MeshId target) {
    this.target = target;
  }

  @Override
  public void start(Consumer<ServiceKey> listener) throws MeshUnavailableException {
    lock.lock();
    try {
      failIfDue();
      touched = listener;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean holds(ServiceKey service) {
    lock.lock();
    try {
      return standing.containsKey(service);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<ServiceKey, Ownership> owned() {
    lock.lock();
    try {
      var owned = new TreeMap<ServiceKey, Ownership>();
      standing.forEach(
          (service, what) ->
              owned.put(
                  service,
                  new Ownership("sim", target, service, what.export().path(), "0".repeat(64))));
      return owned;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    enter(desired.service());
    lock.lock();
    try {
      failIfDue();
      return applyLocked(desired, permit);
    } finally {
      lock.unlock();
      busy.remove(desired.service());
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    enter(service);
    lock.lock();
    try {
      failIfDue();
      return standing.containsKey(service) && removeLocked(service, permit);
    } finally {
      lock.unlock();
      busy.remove(service);
    }
  }

  /** The next calls, so many, find the mesh unreachable; forgets what was ordered before. */
  public void failNext(int times) {
    lock.lock();
    try {
      failures = times;
    } finally {
      lock.unlock();
    }
  }

  /** From now on the mesh answers so, whatever is to be applied for the service. */
  public void answer(ServiceKey service, ApplyOutcome outcome) {
    lock.lock();
    try {
      answers.put(service, outcome);
    } finally {
      lock.unlock();
    }
  }

  /** A stranger takes a name: ours, if it stands there, has to yield. */
  public void takeName(String name, String stranger) {
    lock.lock();
    try {
      foreign.put(name, stranger);
      everSeen.forEach(touched);
    } finally {
      lock.unlock();
    }
  }

  /** The stranger leaves. */
  public void freeName(String name) {
    lock.lock();
    try {
      foreign.remove(name);
      everSeen.forEach(touched);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody deletes our object behind our back. */
  public void lose(ServiceKey service) {
    lock.lock();
    try {
      standing.remove(service);
      touched.accept(service);
    } finally {
      lock.unlock();
    }
  }

  /** What stands is in words that nobody would choose today: every apply is a write. */
  public void forgetWords() {
    lock.lock();
    try {
      outdated.addAll(standing.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Whether any of that still stands. */
  public boolean hasOldWords() {
    lock.lock();
    try {
      return !outdated.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Calls for the service hang until the latch opens. */
  public void hold(ServiceKey service, CountDownLatch gate) {
    gates.put(service, gate);
  }

  /** Whether a call for the service is under way. */
  public boolean isBusyWith(ServiceKey service) {
    return busy.contains(service);
  }

  /** What stands, by service. */
  public SortedMap<ServiceKey, Import> standing() {
    lock.lock();
    try {
      return new TreeMap<>(standing);
    } finally {
      lock.unlock();
    }
  }

  /** The names that strangers hold. */
  public Set<String> foreignNames() {
    lock.lock();
    try {
      return Set.copyOf(foreign.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** How often something was written or removed. */
  public int writes() {
    lock.lock();
    try {
      return writes;
    } finally {
      lock.unlock();
    }
  }

  /** How often anything was asked for. */
  public int calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /** Each write in order: {@code +name service} or {@code -service}. */
  public List<String> journal() {
    lock.lock();
    try {
      return List.copyOf(journal);
    } finally {
      lock.unlock();
    }
  }

  /** What the host did that no host may do. */
  public List<String> faults() {
    lock.lock();
    try {
      return List.copyOf(faults);
    } finally {
      lock.unlock();
    }
  }

  private void enter(ServiceKey service) throws InterruptedException {
    if (!busy.add(service)) {
      note("called twice at once for " + service);
    }
    var gate = gates.get(service);
    try {
      if (gate != null) {
        gate.await();
      }
    } catch (InterruptedException interrupted) {
      busy.remove(service);
      throw interrupted;
    }
  }

  private ApplyOutcome applyLocked(Import desired, WritePermit permit) {
    var service = desired.service();
    everSeen.add(service);
    var answer = answers.get(service);
    var stranger = foreign.get(desired.name());
    if (answer != null || stranger != null) {
      boolean stays = answer instanceof ApplyOutcome.Rejected;
      if (!stays && standing.containsKey(service)) {
        removeLocked(service, permit);
      }
      return answer == null ? new ApplyOutcome.Conflict(desired.name(), stranger) : answer;
    }
    var before = standing.get(service);
    boolean isOutdated = outdated.contains(service);
    if (before != null && !isOutdated && timeless(before).equals(timeless(desired))) {
      return new ApplyOutcome.Applied(desired.name(), false, List.of());
    }
    permit.check();
    standing.forEach(
        (other, what) -> {
          if (!other.equals(service) && what.name().equals(desired.name())) {
            note(desired.name() + " is given to " + service + " while it is that of " + other);
          }
        });
    standing.put(service, desired);
    outdated.remove(service);
    writes++;
    journal.add("+" + desired.name() + " " + service);
    return new ApplyOutcome.Applied(desired.name(), true, List.of());
  }

  private boolean removeLocked(ServiceKey service, WritePermit permit) {
    permit.check();
    standing.remove(service);
    writes++;
    journal.add("-" + service);
    return true;
  }

  private void failIfDue() throws MeshUnavailableException {
    calls++;
    if (failures > 0) {
      failures--;
      throw new MeshUnavailableException("the mesh does not answer");
    }
  }

  private void note(String fault) {
    lock.lock();
    try {
      faults.add(fault);
    } finally {
      lock.unlock();
    }
  }

  /** First-seen is the log's affair: no mesh is told of it. */
  private static Import timeless(Import what) {
    var export = what.export();
    return new Import(
        what.name(),
        new Export(
            export.key(),
            export.ports(),
            export.labels(),
            export.hostnames(),
            Instant.EPOCH,
            export.path(),
            export.access()),
        what.endpoints(),
        what.origin());
  }
}
