package io.meshbridge.status;

import io.meshbridge.log.StatusSink;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What became of every import that this process knows of. For the meshes that it speaks for, it is
 * told here first and then in the log; for the others, the log tells it here.
 */
public final class StatusBoard {
  private static final Comparator<ImportStatus> ORDER =
      Comparator.comparing(ImportStatus::target).thenComparing(ImportStatus::service);

  private final StatusSink log;
  private final FederationListener listener;
  private final Map<MeshId, TargetBoard> byTarget = new ConcurrentHashMap<>();

  /**
   * An empty board to which nobody listens.
   *
   * @param log where what is told here is published
   */
  public StatusBoard(StatusSink log) {
    this(log, new FederationListeners());
  }

  /**
   * An empty board.
   *
   * @param log where what is told here is published
   * @param listener hears of each import that changes
   */
  public StatusBoard(StatusSink log, FederationListener listener) {
    this.log = log;
    this.listener = listener;
  }

  /** What became of an import; published if it says anything new. */
  public void tell(ImportStatus status) {
    var before = of(status.target()).put(status);
    if (before == null
        || !before.saysTheSameAs(status)
        || before.latencyMs() != status.latencyMs()) {
      log.send(status.target(), StatusCodec.key(status.service()), StatusCodec.encode(status));
      listener.importChanged(status.target(), status.service());
    }
  }

  /** The import is no more. */
  public void forget(MeshId target, ServiceKey service) {
    if (of(target).remove(service) != null) {
      log.send(target, StatusCodec.key(service), "");
      listener.importChanged(target, service);
    }
  }

  /** What the log says of an import; nothing is published. */
  public void learn(ImportStatus status) {
    of(status.target()).put(status);
    listener.importChanged(status.target(), status.service());
  }

  /** That the log says of an import that it is no more; nothing is published. */
  public void unlearn(MeshId target, ServiceKey service) {
    if (of(target).remove(service) != null) {
      listener.importChanged(target, service);
    }
  }

  /** What is known of one import. */
  public Optional<ImportStatus> find(MeshId target, ServiceKey service) {
    return of(target).find(service);
  }

  /** All imports of one mesh, sorted by service. */
  public List<ImportStatus> imports(MeshId target) {
    return of(target).all();
  }

  /** All imports, sorted by target and service. */
  public List<ImportStatus> imports() {
    var all = new ArrayList<ImportStatus>();
    byTarget.values().forEach(ofOne -> all.addAll(ofOne.all()));
    all.sort(ORDER);
    return all;
  }

  /** How many imports of one mesh are in a state; counted as they change, not when asked. */
  public long count(MeshId target, ImportState state) {
    return of(target).count(state);
  }

  /** How many losses of a kind the imports of one mesh have; counted as they change. */
  public long count(MeshId target, Loss.Outcome kind) {
    return of(target).count(kind);
  }

  private TargetBoard of(MeshId target) {
    return byTarget.computeIfAbsent(target, id -> new TargetBoard());
  }
}
