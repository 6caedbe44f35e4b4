package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Turns what the source knows into observations: nothing before everything was read once, then one
 * observation per changed service, and everything again after an interruption.
 */
final class Narrator {
  private final MeshState state;
  private final MeshFacts facts;
  private final ConnectionContext context;
  private final String clusterDomain;
  private final Consumer<Observation> observer;
  // What the host holds of us: only of these can a withdrawal be told.
  private final Set<ResourceKey> told = new HashSet<>();
  private Optional<MeshDescriptor> described = Optional.empty();
  private OfferReader reader;
  private boolean interrupted;
  private boolean complete;

  Narrator(
      MeshState state,
      MeshFacts facts,
      ConnectionContext context,
      String clusterDomain,
      Consumer<Observation> observer) {
    this.state = state;
    this.facts = facts;
    this.context = context;
    this.clusterDomain = clusterDomain;
    this.observer = observer;
    this.reader = readerFor(context.mesh());
  }

  /** Tells what there is to tell now. */
  void tell() {
    describe();
    var obstacle = state.obstacle();
    if (obstacle.isPresent() && !interrupted) {
      interrupted = true;
      observer.accept(
          new Observation.Interrupted(obstacle.orElseThrow(), context.clock().instant()));
    }
    if (obstacle.isEmpty() && state.isComplete() && described.isPresent() && mustTellAll()) {
      tellAll();
    } else if (complete) {
      state.takeDirty().forEach(this::tell);
    }
  }

  private boolean mustTellAll() {
    return interrupted || !complete;
  }

  private void tellAll() {
    state.takeDirty();
    var keys = new TreeSet<>(state.marked());
    var gone = new TreeSet<>(told);
    gone.removeAll(keys);
    gone.forEach(this::tell);
    keys.forEach(this::tell);
    interrupted = false;
    complete = true;
    observer.accept(
        new Observation.Complete(
            keys.stream().map(this::serviceOf).collect(Collectors.toSet()),
            context.clock().instant()));
  }

  private void tell(ResourceKey key) {
    var now = context.clock().instant();
    if (state.isMarked(key)) {
      told.add(key);
      observer.accept(
          switch (state.read(key, reader)) {
            case ReadResult.Readable readable -> new Observation.Offered(readable.offer(), now);
            case ReadResult.Unreadable no ->
                new Observation.Unreadable(serviceOf(key), no.reason(), now);
          });
    } else if (told.remove(key)) {
      observer.accept(new Observation.Withdrawn(serviceOf(key), now));
    }
  }

  private void describe() {
    var current = facts.descriptor();
    if (current.isPresent() && !current.equals(described)) {
      described = current;
      reader = readerFor(current.orElseThrow());
      observer.accept(new Observation.Described(current.orElseThrow()));
      // Identities hold the trust domain.
      state.markAll();
    }
  }

  private OfferReader readerFor(MeshDescriptor mesh) {
    return new OfferReader(mesh, clusterDomain, problem -> Location.of(problem.object()));
  }

  private ServiceKey serviceOf(ResourceKey key) {
    return new ServiceKey(context.mesh().id(), key.namespace(), key.name());
  }
}
