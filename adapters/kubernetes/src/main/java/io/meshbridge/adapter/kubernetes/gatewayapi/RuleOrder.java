package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the matches of all rules into one list, of which the first that holds decides. Where matches
 * of two rules take turns, a rule stands there more than once.
 *
 * <p>A route says nothing of ports, nor of clients, that it is not for: for those that no route is
 * for, the list ends in a rule that leaves requests to the Service.
 */
final class RuleOrder {
  private static final int NOT_FOUND = 404;

  private final RouteDialect dialect;
  private final RouteTarget target;
  private final RuleCompletion completion;
  private final List<Placed> items = new ArrayList<>();
  private final PortCover byProducers;
  // By the clients' namespace.
  private final Map<String, PortCover> byConsumers = new TreeMap<>();

  RuleOrder(RouteDialect dialect, RouteTarget target, RuleCompletion completion) {
    this.dialect = dialect;
    this.target = target;
    this.completion = completion;
    this.byProducers = new PortCover(target);
  }

  /** Takes a rule; rules of equal rank keep the order in which they came. */
  void add(RouteScope scope, RuleDraft draft) {
    draft.matches().forEach(match -> items.add(new Placed(draft, match)));
    var cover =
        scope.route().isProducerOf(target.service())
            ? byProducers
            : byConsumers.computeIfAbsent(
                scope.route().object().key().namespace(), none -> new PortCover(target));
    scope.ports().forEach(cover::add);
  }

  /** The ports for which there are rules for all clients; an empty one stands for all. */
  Set<OptionalInt> covered() {
    return byProducers.covered();
  }

  /** All rules in order. */
  List<HttpRule> rules() {
    if (items.isEmpty()) {
      return List.of();
    }
    return dialect.mergesConsumers() ? merged() : apart();
  }

  private List<HttpRule> merged() {
    var rules = new ArrayList<>(rulesOf(items));
    byConsumers.forEach(
        (namespace, cover) ->
            addEnd(
                rules,
                namespace,
                cover.covered().stream()
                    .filter(port -> !byProducers.covered().contains(port))
                    .filter(port -> !byProducers.covered().contains(OptionalInt.empty()))
                    .toList()));
    addRest(rules);
    return rules;
  }

  /** A namespace with routes of its own does not see those of the Service's owner. */
  private List<HttpRule> apart() {
    var rules = new ArrayList<HttpRule>();
    byConsumers.forEach(
        (namespace, cover) -> {
          rules.addAll(rulesOf(itemsOf(namespace)));
          addEnd(rules, namespace, List.copyOf(cover.covered()));
        });
    rules.addAll(rulesOf(itemsOf("")));
    addRest(rules);
    return rules;
  }

  private List<Placed> itemsOf(String namespace) {
    return items.stream()
        .filter(item -> item.match().match().client().namespace().equals(namespace))
        .toList();
  }

  /** What no rule of theirs takes is answered with an error, not by rules that come after. */
  private void addEnd(List<HttpRule> rules, String namespace, List<OptionalInt> ports) {
    var open =
        ports.stream()
            .map(port -> anyFrom(namespace, port))
            .filter(any -> items.stream().noneMatch(item -> item.match().match().equals(any)))
            .sorted(Comparator.comparing(match -> match.port().orElse(0)))
            .toList();
    if (!open.isEmpty()) {
      rules.add(
          new HttpRule(
              "",
              false,
              open,
              List.of(new HttpFilter.DirectResponse(NOT_FOUND, "")),
              List.of(),
              Timeouts.DEFAULT,
              Optional.of(Retry.NEVER),
              Optional.empty(),
              Sources.NONE));
    }
  }

  private void addRest(List<HttpRule> rules) {
    var rest = byProducers.rest();
    if (!rest.isEmpty()) {
      var matches =
          rest.stream().filter(OptionalInt::isPresent).map(port -> anyFrom("", port)).toList();
      rules.add(
          completion.completeDefault(
              HttpRule.routing(matches, List.of(WeightedBackend.only(BackendRef.SELF)))));
    }
  }

  private List<HttpRule> rulesOf(List<Placed> items) {
    var placed = new ArrayList<Placed>();
    if (dialect.equalPathsTie()) {
      var equal = new EqualPaths(items.stream().map(Placed::match).toList());
      items.forEach(item -> equalPaths(equal, item).forEach(placed::add));
    } else {
      placed.addAll(items);
    }
    return Placed.inOrder(placed);
  }

  private static List<Placed> equalPaths(EqualPaths equal, Placed item) {
    return item.draft().rule().grpc()
        ? List.of(item)
        : equal.with(item.match()).stream().map(match -> new Placed(item.draft(), match)).toList();
  }

  private static HttpMatch anyFrom(String namespace, OptionalInt port) {
    var client = new ClientMatch(namespace, ClientMatch.ANY.labels());
    return HttpMatch.ANY.withPort(port).withClient(client);
  }
}
