package io.meshbridge.simulation;

import io.meshbridge.importing.FakeSink;
import io.meshbridge.importing.TargetMesh;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A mesh: the services that people run in it, the imports that stand in it, and a source that tells
 * of both, as an adapter would. Imports are offered again under the path that they came, which is
 * what the loop guard has to deal with.
 */
final class SimMesh {
  private static final String MIRRORED = "imported";

  private final TargetMesh target;
  private final FakeSink sink;
  private final Clock clock;
  private final SortedMap<ServiceKey, Offer> own = new TreeMap<>();
  private final Set<ServiceKey> unreadable = new TreeSet<>();
  private final Deque<Observation> told = new ArrayDeque<>();
  private SortedMap<ServiceKey, Offer> lastMirrored = new TreeMap<>();
  private MeshDescriptor descriptor;
  private boolean interrupted;

  SimMesh(String id, NameSyntax syntax, String template, Clock clock) {
    this.descriptor = new MeshDescriptor(new MeshId(id), "sim", "", id + ".local", "");
    this.target = new TargetMesh(descriptor, syntax, template);
    this.sink = new FakeSink(descriptor.id());
    this.clock = clock;
  }

  MeshId id() {
    return descriptor.id();
  }

  TargetMesh target() {
    return target;
  }

  FakeSink sink() {
    return sink;
  }

  MeshDescriptor descriptor() {
    return descriptor;
  }

  /** All that the mesh offers at this moment: what is at home here, and what was imported. */
  SortedMap<ServiceKey, Offer> truth() {
    var all = new TreeMap<>(own);
    all.putAll(mirrored());
    return all;
  }

  SortedMap<ServiceKey, Offer> own() {
    return own;
  }

  void offer(Offer offer) {
    own.put(offer.key(), offer);
    unreadable.remove(offer.key());
    tell(new Observation.Offered(offer, clock.instant()));
  }

  void changeEndpoints(ServiceKey service, EndpointList endpoints) {
    var offer = own.get(service);
    if (offer != null && !unreadable.contains(service)) {
      offer(
          new Offer(
              service,
              offer.ports(),
              offer.labels(),
              offer.hostnames(),
              offer.access(),
              endpoints,
              offer.path(),
              offer.losses()));
    }
  }

  void vanish(ServiceKey service) {
    if (own.remove(service) != null) {
      unreadable.remove(service);
      tell(new Observation.Withdrawn(service, clock.instant()));
    }
  }

  void spoil(ServiceKey service) {
    if (own.containsKey(service)) {
      unreadable.add(service);
      tell(new Observation.Unreadable(service, "not to be read", clock.instant()));
    }
  }

  /** Everything can be read again. */
  void heal() {
    Set.copyOf(unreadable).forEach(service -> offer(own.get(service)));
    recover();
  }

  void interrupt() {
    if (!interrupted) {
      tell(new Observation.Interrupted("cut off", clock.instant()));
      interrupted = true;
    }
  }

  void recover() {
    if (interrupted) {
      interrupted = false;
      tellEverything();
    }
  }

  void moveTo(String network) {
    descriptor =
        new MeshDescriptor(
            descriptor.id(), descriptor.kind(), "", descriptor.trustDomain(), network);
    tell(new Observation.Described(descriptor));
  }

  /** The source begins anew, for an observer that knows nothing. */
  void restartSource() {
    told.clear();
    if (interrupted) {
      told.add(new Observation.Interrupted("cut off", clock.instant()));
    } else {
      tellEverything();
    }
  }

  /** To be called whenever the imports in this mesh may have changed. */
  void noticeImports() {
    var now = mirrored();
    now.forEach(
        (service, offer) -> {
          if (!offer.equals(lastMirrored.get(service))) {
            tell(new Observation.Offered(offer, clock.instant()));
          }
        });
    for (ServiceKey before : lastMirrored.keySet()) {
      if (!now.containsKey(before)) {
        tell(new Observation.Withdrawn(before, clock.instant()));
      }
    }
    lastMirrored = now;
  }

  Optional<Observation> nextObservation() {
    return Optional.ofNullable(told.poll());
  }

  boolean hasToldAll() {
    return told.isEmpty();
  }

  /** How a mesh's bridge would read an import of its own. */
  static Offer mirrorOf(Import what, MeshId mesh) {
    var export = what.export();
    var origin = export.key();
    return new Offer(
        new ServiceKey(
            mesh, MIRRORED, origin.mesh() + "-" + origin.namespace() + "-" + origin.name()),
        export.ports(),
        export.labels(),
        export.hostnames(),
        export.access(),
        what.endpoints(),
        FederationPath.parse(export.path() + "," + mesh),
        List.of());
  }

  private SortedMap<ServiceKey, Offer> mirrored() {
    var mirrored = new TreeMap<ServiceKey, Offer>();
    for (Import what : sink.standing().values()) {
      var offer = mirrorOf(what, id());
      mirrored.put(offer.key(), offer);
    }
    return mirrored;
  }

  private void tell(Observation observation) {
    if (!interrupted) {
      told.add(observation);
    }
  }

  private void tellEverything() {
    told.add(new Observation.Described(descriptor));
    var truth = truth();
    truth.forEach(
        (service, offer) ->
            told.add(
                unreadable.contains(service)
                    ? new Observation.Unreadable(service, "not to be read", clock.instant())
                    : new Observation.Offered(offer, clock.instant())));
    told.add(new Observation.Complete(truth.keySet(), clock.instant()));
  }
}
