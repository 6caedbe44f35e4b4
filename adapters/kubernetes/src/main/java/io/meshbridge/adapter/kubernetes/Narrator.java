package io.meshbridge.adapter.kubernetes;

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
 * Turns what a source knows into observations: nothing before everything was read once, then one
 * observation per changed service, and everything again after an interruption.
 */
public final class Narrator {
  private final MeshKnowledge knowledge;
  private final ConnectionContext context;
  private final Consumer<Observation> observer;
  // What the host holds of us: only of these can a withdrawal be told.
  private final Set<ResourceKey> told = new HashSet<>();
  private Optional<MeshDescriptor> described = Optional.empty();
  private Optional<Observation.Trusted> trusted = Optional.empty();
  private boolean interrupted;
  private boolean complete;

  /** Nothing was told yet. */
  public Narrator(
      MeshKnowledge knowledge, ConnectionContext context, Consumer<Observation> observer) {
    this.knowledge = knowledge;
    this.context = context;
    this.observer = observer;
  }

  /** Tells what there is to tell now. */
  public void tell() {
    describe();
    var obstacle = knowledge.obstacle();
    if (obstacle.isPresent() && !interrupted) {
      interrupted = true;
      observer.accept(
          new Observation.Interrupted(obstacle.orElseThrow(), context.clock().instant()));
    }
    if (obstacle.isEmpty() && knowledge.isComplete() && described.isPresent() && mustTellAll()) {
      tellAll();
    } else if (complete) {
      knowledge.takeDirty().forEach(this::tell);
    }
  }

  private boolean mustTellAll() {
    return interrupted || !complete;
  }

  private void tellAll() {
    knowledge.takeDirty();
    var keys = new TreeSet<>(knowledge.marked());
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
    if (knowledge.isMarked(key)) {
      told.add(key);
      observer.accept(
          switch (knowledge.read(key, described.orElse(context.mesh()))) {
            case ReadResult.Readable readable -> new Observation.Offered(readable.offer(), now);
            case ReadResult.Unreadable no ->
                new Observation.Unreadable(serviceOf(key), no.reason(), now);
          });
    } else if (told.remove(key)) {
      observer.accept(new Observation.Withdrawn(serviceOf(key), now));
    }
  }

  private void describe() {
    var current = knowledge.descriptor();
    if (current.isPresent() && !current.equals(described)) {
      described = current;
      observer.accept(new Observation.Described(current.orElseThrow()));
      // Identities hold the trust domain.
      knowledge.markAll();
    }
    described.ifPresent(this::tellRoots);
  }

  private void tellRoots(MeshDescriptor mesh) {
    var roots = knowledge.roots();
    if (roots.isEmpty()) {
      return;
    }
    var current = new Observation.Trusted(mesh.trustDomain(), roots);
    if (!Optional.of(current).equals(trusted)) {
      trusted = Optional.of(current);
      observer.accept(current);
    }
  }

  private ServiceKey serviceOf(ResourceKey key) {
    return new ServiceKey(context.mesh().id(), key.namespace(), key.name());
  }
}
