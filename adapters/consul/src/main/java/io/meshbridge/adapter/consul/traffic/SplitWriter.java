package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backends that share a rule's requests. Consul splits services, not routes, so each such rule
 * gets a service that is nothing but a name, with a splitter of its own. The service itself never
 * gets one: it would act on whatever else is sent there, too.
 */
final class SplitWriter {
  private final HttpRule rule;
  private final int index;
  private final String path;
  private final PortPlan plan;
  private final LossBook losses;

  /** One split before weights are rounded. */
  private record Share(Place.Known place, Map<String, Object> headers, List<Integer> backends) {}

  SplitWriter(HttpRule rule, int index, PortPlan plan) {
    this.rule = rule;
    this.index = index;
    this.path = "traffic.http[" + index + "]";
    this.plan = plan;
    this.losses = plan.losses();
  }

  /** The service that routes have to name; empty if the split cannot be said. */
  Optional<String> write() {
    var shares = shares();
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    if (shares.get().size() == 1 && shares.get().getFirst().headers().isEmpty()) {
      return plain(shares.get().getFirst());
    }
    var name = plan.nameOfSplit(index);
    plan.addSplitter(name, splits(shares.get()));
    return Optional.of(name);
  }

  /** Several backends that are one place are not split, unless only a split can name the place. */
  private Optional<String> plain(Share share) {
    if (share.place().subset().isEmpty() && !share.place().service().equals(plan.name())) {
      return Optional.of(share.place().service());
    }
    var name = plan.nameOfSplit(index);
    plan.addSplitter(name, splits(List.of(share)));
    return Optional.of(name);
  }

  private Optional<List<Share>> shares() {
    var shares = new ArrayList<Share>();
    var byPlace = new HashMap<Place.Known, Share>();
    for (int i = 0; i < rule.backends().size(); i++) {
      var at = path + ".backends[" + i + "]";
      var found = plan.neighbours().find(rule.backends().get(i).ref());
      if (!(found instanceof Place.Known place)) {
        leaveOut(at, (Place.Unknown) found);
        return Optional.empty();
      }
      var headers = headers(rule.backends().get(i), at);
      if (headers.isEmpty()) {
        return Optional.empty();
      }
      var before = byPlace.get(place);
      if (before == null) {
        var share = new Share(place, headers.get(), new ArrayList<>(List.of(i)));
        byPlace.put(place, share);
        shares.add(share);
      } else if (before.headers().equals(headers.get())) {
        before.backends().add(i);
      } else {
        losses.drop(
            at + ".ref",
            "Consul splits to one place once, but two backends treat its headers differently; the"
                + " rule is left out");
        return Optional.empty();
      }
    }
    return Optional.of(shares);
  }

  private void leaveOut(String at, Place.Unknown unknown) {
    losses.drop(
        at + ".ref",
        unknown.reason() + "; the rule is left out and its requests fall to the rules after it",
        unknown.advice());
  }

  private List<Map<String, Object>> splits(List<Share> shares) {
    var weights =
        Weights.of(
            shares.stream()
                .map(share -> share.backends().stream().mapToInt(this::weightOf).sum())
                .toList());
    var splits = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < shares.size(); i++) {
      var share = shares.get(i);
      if (!weights.exact().get(i)) {
        share
            .backends()
            .forEach(
                backend ->
                    losses.approximate(
                        path + ".backends[" + backend + "].weight",
                        "Consul's weights are hundredths of a percent"));
      }
      var split = new LinkedHashMap<String, Object>();
      split.put("Weight", weights.printed(i));
      split.put("Service", share.place().service());
      if (!share.place().subset().isEmpty()) {
        split.put("ServiceSubset", share.place().subset());
      }
      split.putAll(share.headers());
      splits.add(split);
    }
    return splits;
  }

  private int weightOf(int backend) {
    return rule.backends().get(backend).weight();
  }

  /** Empty if a filter changes where requests end. */
  private Optional<Map<String, Object>> headers(WeightedBackend backend, String at) {
    var request = new HeaderWriter(losses);
    var response = new HeaderWriter(losses);
    for (int i = 0; i < backend.filters().size(); i++) {
      var field = at + ".filters[" + i + "]";
      switch (backend.filters().get(i)) {
        case HttpFilter.RequestHeaders headers when plan.version().has(Feature.HEADERS) ->
            request.then(headers.change(), field);
        case HttpFilter.ResponseHeaders headers when plan.version().has(Feature.HEADERS) ->
            response.then(headers.change(), field);
        case HttpFilter.RequestHeaders ignored -> losses.drop(field, Feature.HEADERS);
        case HttpFilter.ResponseHeaders ignored -> losses.drop(field, Feature.HEADERS);
        case HttpFilter.Mirror ignored -> losses.drop(field, "Consul's splits do not mirror");
        case HttpFilter.Delay ignored -> losses.drop(field, "Consul's splits inject no faults");
        case HttpFilter.Cors ignored ->
            losses.drop(field, "Consul's splits know nothing of cross-origin requests");
        case HttpFilter.Abort abort when abort.percent().compareTo(RuleFilters.ALWAYS) < 0 ->
            losses.drop(field, "Consul's splits inject no faults");
        case HttpFilter.Abort ignored -> {
          losses.drop(field, "Consul's splits inject no faults; the rule is left out");
          return Optional.empty();
        }
        case HttpFilter.DirectResponse ignored -> {
          losses.drop(field, "Consul's splits do not answer themselves; the rule is left out");
          return Optional.empty();
        }
        case HttpFilter.Redirect ignored -> {
          losses.drop(field, "Consul's splits do not redirect; the rule is left out");
          return Optional.empty();
        }
        case HttpFilter.Rewrite ignored -> {
          losses.drop(field, "Consul's splits do not rewrite; the rule is left out");
          return Optional.empty();
        }
      }
    }
    var fields = new LinkedHashMap<String, Object>();
    if (!request.isEmpty()) {
      fields.put("RequestHeaders", request.write());
    }
    if (!response.isEmpty()) {
      fields.put("ResponseHeaders", response.write());
    }
    return Optional.of(fields);
  }
}
