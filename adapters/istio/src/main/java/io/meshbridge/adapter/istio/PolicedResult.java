package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.TrafficReading;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A service that was read, with what the mesh says of its traffic.
 *
 * @param result the service; its offer holds the policy as far as it could be read
 * @param traffic how the policy was read
 */
record PolicedResult(ReadResult result, TrafficReading traffic) {
  static PolicedResult of(Offer offer, TrafficReading traffic) {
    var losses = new ArrayList<Loss>(offer.losses());
    losses.addAll(traffic.losses());
    return new PolicedResult(
        new ReadResult.Readable(offer.withTraffic(traffic.policy(), losses)), traffic);
  }

  /**
   * For a federation, where what is published stays until something better comes: a service whose
   * policy is wrong counts as unreadable.
   */
  ReadResult orUnreadable() {
    return traffic
        .firstError()
        .<ReadResult>map(
            error ->
                new ReadResult.Unreadable(
                    error.location().file() + ": " + error.path() + " " + error.message()))
        .orElse(result);
  }

  /** The same, if the labels of pods are not known, so that subsets have no endpoints. */
  PolicedResult withoutPodLabels() {
    var unknown = new ArrayList<Loss>();
    for (Subset subset : traffic.policy().subsets()) {
      traffic.policy().sourcesOf("subsets[" + subset.name() + "].labels").stream()
          .map(PolicedResult::unknownIn)
          .forEach(unknown::add);
    }
    return result instanceof ReadResult.Readable readable && !unknown.isEmpty()
        ? new PolicedResult(new ReadResult.Readable(losing(readable.offer(), unknown)), traffic)
        : this;
  }

  private static Loss unknownIn(FieldRef field) {
    return new Loss(
        Location.of(field.object()),
        field.path(),
        Loss.Outcome.DROPPED,
        "pods may not be read, so that it is not known which endpoints belong to the subset",
        "let the bridge get, list and watch pods");
  }

  private static Offer losing(Offer offer, List<Loss> more) {
    var all = new ArrayList<>(offer.losses());
    all.addAll(more);
    return offer.withTraffic(offer.traffic(), all);
  }

  /** The same, where of the labels of pods only these are told to others. */
  PolicedResult keepingLabels(Set<String> keys) {
    return switch (result) {
      case ReadResult.Unreadable ignored -> this;
      case ReadResult.Readable readable ->
          new PolicedResult(new ReadResult.Readable(keeping(readable.offer(), keys)), traffic);
    };
  }

  private static Offer keeping(Offer offer, Set<String> keys) {
    if (offer.endpoints().endpoints().stream().allMatch(e -> e.labels().isEmpty())) {
      return offer;
    }
    return new Offer(
        offer.key(),
        offer.ports(),
        offer.labels(),
        offer.hostnames(),
        offer.access(),
        offer.traffic(),
        offer.ingress(),
        EndpointList.of(offer.endpoints().endpoints().stream().map(e -> keeping(e, keys)).toList()),
        offer.path(),
        offer.losses());
  }

  private static Endpoint keeping(Endpoint endpoint, Set<String> keys) {
    var labels = new TreeMap<>(endpoint.labels());
    labels.keySet().retainAll(keys);
    return new Endpoint(
        endpoint.address(),
        endpoint.ports(),
        endpoint.health(),
        endpoint.weight(),
        endpoint.locality(),
        endpoint.network(),
        labels,
        endpoint.identity());
  }
}
