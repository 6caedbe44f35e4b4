package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.KnownServices;
import io.meshbridge.adapter.kubernetes.MeshKnowledge;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.Table;
import io.meshbridge.model.MeshDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the source knows of a mesh, and which services a change touches. Belongs to the thread
 * that runs the source; feeds only hand events over.
 */
final class MeshState implements MeshKnowledge {
  private final String rootNamespace;
  private final MeshFacts facts;
  private final Set<ResourceKey> dirty = new TreeSet<>();
  private final KnownServices services;
  private final Table<EntryFacts> entries = new Table<>();
  private final Table<PeerPolicy> policies = new Table<>();
  private final KnownPolicies traffic;
  private PeerPolicies rules;

  MeshState(IstioSettings settings, MeshFacts facts) {
    this.rootNamespace = settings.rootNamespace();
    this.facts = facts;
    this.services =
        new KnownServices(
            ServiceFacts::exported, settings.serviceExportMarks(), this::takeServiceChange);
    this.traffic = new KnownPolicies(settings, pod -> services().servicesOfPod(pod), dirty::add);
    this.rules = new PeerPolicies(List.of(), rootNamespace);
  }

  KnownServices services() {
    return services;
  }

  KnownPolicies traffic() {
    return traffic;
  }

  void takeEntries(FeedEvent<EntryFacts> event) {
    for (Table.Difference<EntryFacts> difference : entries.take(event)) {
      traffic.noteEntry(difference.key(), difference.before(), difference.after());
      dirty.add(difference.key());
    }
  }

  void takePolicies(FeedEvent<PeerPolicy> event) {
    var changed = policies.take(event);
    if (changed.isEmpty()) {
      return;
    }
    rules = new PeerPolicies(policies.values(), rootNamespace);
    var namespaces = changed.stream().map(d -> d.key().namespace()).collect(Collectors.toSet());
    // A policy of the root namespace may be the one that all others inherit from.
    boolean all = namespaces.contains(rootNamespace);
    Stream.concat(services.keys().stream(), entries.keys().stream())
        .filter(key -> all || namespaces.contains(key.namespace()))
        .forEach(dirty::add);
  }

  @Override
  public Optional<MeshDescriptor> descriptor() {
    return facts.descriptor();
  }

  @Override
  public SortedSet<String> roots() {
    return facts.roots().roots();
  }

  @Override
  public void markAll() {
    dirty.addAll(services.keys());
    dirty.addAll(entries.keys());
    dirty.addAll(traffic.gateways());
  }

  @Override
  public Set<ResourceKey> takeDirty() {
    var taken = new TreeSet<>(dirty);
    dirty.clear();
    return taken;
  }

  @Override
  public Set<ResourceKey> marked() {
    return Stream.of(
            services.marked(),
            entries.keys().stream().filter(this::isMarkedEntry),
            traffic.gateways().stream())
        .flatMap(keys -> keys)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public boolean isMarked(ResourceKey key) {
    return services.isMarked(key) || isMarkedEntry(key) || traffic.gateways().contains(key);
  }

  /** A Service wins over a ServiceEntry of its name, and that over a Gateway. */
  @Override
  public ReadResult read(ResourceKey key, MeshDescriptor mesh) {
    var reader = traffic.readerFor(mesh);
    if (services.isMarked(key)) {
      return readService(key, reader).orUnreadable();
    }
    var policed = isMarkedEntry(key) ? readEntry(key, reader) : readGateway(key, reader);
    return policed.orUnreadable();
  }

  private PolicedResult readGateway(ResourceKey key, OfferReader reader) {
    return traffic
        .gateway(key)
        .map(reader::gateway)
        .or(() -> traffic.apiGateway(key).map(reader::gateway))
        .orElseThrow();
  }

  private PolicedResult readService(ResourceKey key, OfferReader reader) {
    var read =
        services
            .get(key)
            .map(service -> reader.service(service, services.slicesOf(key), rules))
            .orElseThrow();
    return traffic.knowsPods() ? read : read.withoutPodLabels();
  }

  private PolicedResult readEntry(ResourceKey key, OfferReader reader) {
    return entries.get(key).map(entry -> reader.entry(entry, rules)).orElseThrow();
  }

  @Override
  public boolean isComplete() {
    return needed().allMatch(Table::everGood)
        && traffic.tables().allMatch(table -> table.everGood() || table.isWithheld());
  }

  @Override
  public Optional<String> obstacle() {
    return Table.firstObstacle(Stream.concat(needed(), traffic.steering()));
  }

  private Stream<Table<?>> needed() {
    return Stream.concat(services.tables().stream(), Stream.of(entries, policies));
  }

  private void takeServiceChange(ResourceKey key) {
    traffic.noteService(key, services.get(key).isPresent());
    dirty.add(key);
  }

  private boolean isMarkedEntry(ResourceKey key) {
    return entries
        .get(key)
        .filter(entry -> entry.mirroredBy().isEmpty() && entry.exported())
        .isPresent();
  }
}
