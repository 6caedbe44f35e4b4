package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows requests through splitters and resolvers to the instances that they end at, as Consul
 * does when it compiles a discovery chain (agent/consul/discoverychain/compile.go).
 */
final class Chain {
  private final Configured configured;

  /**
   * A share of the requests.
   *
   * @param hundredths its weight in hundredths of a percent
   * @param weightRefs where it is said
   * @param service where they end
   * @param subset of that; empty for all instances
   * @param refs where that is said
   * @param sayable whether rules can name the subset
   */
  record Share(
      int hundredths,
      List<FieldRef> weightRefs,
      ServiceName service,
      String subset,
      List<FieldRef> refs,
      boolean sayable,
      HeaderChanges request,
      HeaderChanges response) {}

  Chain(Configured configured) {
    this.configured = configured;
  }

  /** Where requests go that a route or nobody sends there. A named subset is never split. */
  List<Share> follow(Target target) {
    if (target.subset().isEmpty()) {
      var shares = split(target, new HashSet<>());
      if (!shares.isEmpty()) {
        return shares;
      }
    }
    return List.of(resolve(target));
  }

  /** Whether the target is of a subset that somebody defines; if not, that is its fault. */
  boolean isDefined(Target target) {
    var resolver = configured.resolver(target.service());
    if (resolver.redirect().isPresent() || resolver.defines(target.subset())) {
      return true;
    }
    target
        .fields()
        .ifPresent(
            fields ->
                fields.error(
                    "ServiceSubset",
                    "no service-resolver of "
                        + target.service()
                        + " defines the subset '"
                        + target.subset()
                        + "'"));
    return false;
  }

  private List<Share> split(Target target, Set<ServiceName> above) {
    var splitter = configured.splitter(target.service());
    if (splitter.isEmpty() || !above.add(target.service())) {
      return List.of();
    }
    var shares = new ArrayList<Share>();
    for (SplitterEntry.Split split : splitter.get().splits()) {
      var next = split.target().orElse(Target.of(target.service()));
      // A share that stays with the service itself is not split again.
      var further =
          next.service().equals(target.service()) || !next.subset().isEmpty()
              ? List.<Share>of()
              : split(next, above);
      for (Share share : further.isEmpty() ? List.of(resolve(next)) : further) {
        shares.add(under(split, share, target.refs()));
      }
    }
    above.remove(target.service());
    return shares;
  }

  private static Share under(SplitterEntry.Split split, Share share, List<FieldRef> before) {
    var weightRefs = new ArrayList<FieldRef>();
    weightRefs.add(split.weightRef());
    weightRefs.addAll(share.weightRefs());
    var refs = new ArrayList<>(before);
    refs.addAll(share.refs());
    // The server rounds to hundredths too.
    int hundredths =
        Math.toIntExact(
            Math.round((double) split.hundredths() * share.hundredths() / SplitterEntry.WHOLE));
    return new Share(
        hundredths,
        weightRefs,
        share.service(),
        share.subset(),
        refs,
        share.sayable(),
        split.request().and(share.request()),
        share.response().and(split.response()));
  }

  /** Where they go if nobody splits them. */
  Share resolve(Target target) {
    var service = target.service();
    var subset = target.subset();
    var refs = new ArrayList<>(target.refs());
    var visited = new HashSet<ServiceName>();
    var resolver = configured.resolver(service);
    while (resolver.redirect().isPresent() && visited.add(service)) {
      var next = resolver.redirect().get();
      refs.addAll(next.refs());
      subset = next.service().equals(service) && next.subset().isEmpty() ? subset : next.subset();
      service = next.service();
      resolver = configured.resolver(service);
    }
    if (subset.isEmpty() && !resolver.defaultSubset().isEmpty()) {
      subset = resolver.defaultSubset();
      refs.addAll(resolver.defaultRef());
    }
    return new Share(
        SplitterEntry.WHOLE,
        List.of(),
        service,
        subset,
        refs,
        resolver.canSay(subset),
        HeaderChanges.NONE,
        HeaderChanges.NONE);
  }
}
