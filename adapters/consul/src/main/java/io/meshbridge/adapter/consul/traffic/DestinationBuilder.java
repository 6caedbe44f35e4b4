package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.ConfigEntry.Opened;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.LocalityPolicy;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a resolver says beyond routing: how a service's instances are used. */
final class DestinationBuilder {
  private final MeshId mesh;
  private final ServiceName service;
  private final Map<ConfigKind, Opened> opened;
  private final Chain chain;

  DestinationBuilder(
      MeshId mesh, ServiceName service, Configured configured, Map<ConfigKind, Opened> opened) {
    this.mesh = mesh;
    this.service = service;
    this.opened = opened;
    this.chain = new Chain(configured);
  }

  /** How all instances are used. */
  DestinationPolicy whole(ResolverEntry resolver) {
    var sources = new Sources.Builder().addAll("", resolver.sources());
    var failover = failover(resolver, FailoverReader.ANY, sources);
    var locality = locality(resolver, sources);
    return new DestinationPolicy(
        resolver.loadBalancing(),
        Optional.empty(),
        limits(resolver.connectTimeout()),
        locality.map(DestinationBuilder::preferring),
        failover,
        sources.build());
  }

  /** The subsets that labels can tell apart. */
  List<Subset> subsets(ResolverEntry resolver) {
    var subsets = new ArrayList<Subset>();
    resolver
        .subsets()
        .forEach(
            (name, entry) ->
                entry
                    .labels()
                    .ifPresent(
                        labels -> {
                          var sources = new Sources.Builder();
                          entry.refs().forEach(ref -> sources.add("labels", ref));
                          var policy = new Sources.Builder();
                          var failover = failover(resolver, name, policy);
                          subsets.add(
                              new Subset(
                                  name,
                                  labels,
                                  new DestinationPolicy(
                                      Optional.empty(),
                                      Optional.empty(),
                                      ConnectionLimits.DEFAULT,
                                      Optional.empty(),
                                      failover,
                                      policy.build()),
                                  sources.build()));
                        }));
    return subsets;
  }

  /** What the service says itself, or else what holds for the whole datacenter. */
  private Optional<Boolean> locality(ResolverEntry resolver, Sources.Builder sources) {
    var ofAll = new Sources.Builder();
    var general =
        Optional.ofNullable(opened.get(ConfigKind.PROXY_DEFAULTS))
            .flatMap(
                part -> LocalityReader.read(part.fields().object("PrioritizeByLocality"), ofAll));
    if (resolver.locality().isPresent()) {
      return resolver.locality();
    }
    sources.addAll("", ofAll.build());
    return general;
  }

  private List<BackendRef> failover(
      ResolverEntry resolver, String subset, Sources.Builder sources) {
    var refs = new ArrayList<BackendRef>();
    for (Target target : resolver.failover().getOrDefault(subset, List.of())) {
      if (!chain.isDefined(target)) {
        continue;
      }
      // A target is not split, whatever it is called.
      var share = chain.resolve(target);
      if (!share.sayable()) {
        target
            .fields()
            .ifPresent(
                fields ->
                    fields.drop(
                        "ServiceSubset",
                        "the subset cannot be told apart; requests do not fail over to it",
                        "see the subset's filter"));
        continue;
      }
      var ref = Backends.ref(mesh, service, share);
      share.refs().forEach(field -> sources.add("failover[" + refs.size() + "]", field));
      refs.add(ref);
    }
    return refs;
  }

  private static ConnectionLimits limits(Optional<Duration> connectTimeout) {
    return new ConnectionLimits(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        connectTimeout,
        Optional.empty());
  }

  private static LocalityPolicy preferring(boolean near) {
    return new LocalityPolicy(Optional.of(near), new TreeMap<>(), new TreeMap<>(), List.of());
  }
}
