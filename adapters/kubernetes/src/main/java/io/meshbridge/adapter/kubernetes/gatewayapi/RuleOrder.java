package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the matches of all rules into one list, of which the first that holds decides. Where matches
 * of two rules take turns, a rule stands there more than once.
 */
final class RuleOrder {
  private static final int NOT_FOUND = 404;

  private final RouteDialect dialect;
  private final List<Item> producers = new ArrayList<>();
  private final List<Item> consumers = new ArrayList<>();

  private record Item(RuleDraft draft, RuleDraft.Ranked match) {}

  RuleOrder(RouteDialect dialect) {
    this.dialect = dialect;
  }

  /** Takes a rule; rules of equal rank keep the order in which they came. */
  void add(boolean forAll, RuleDraft draft) {
    var items = forAll || dialect.mergesConsumers() ? producers : consumers;
    draft.matches().forEach(match -> items.add(new Item(draft, match)));
  }

  /** All rules in order. */
  List<HttpRule> rules() {
    return Stream.concat(consumerRules(), rulesOf(producers).stream()).toList();
  }

  /** A namespace with routes of its own does not see those of the Service's owner. */
  private Stream<HttpRule> consumerRules() {
    var namespaces = consumers.stream().map(item -> clientOf(item).namespace()).distinct().toList();
    return namespaces.stream().flatMap(this::rulesFor);
  }

  private Stream<HttpRule> rulesFor(String namespace) {
    var own =
        consumers.stream().filter(item -> clientOf(item).namespace().equals(namespace)).toList();
    boolean open = own.stream().noneMatch(item -> item.match().match().equals(anyFrom(namespace)));
    return Stream.concat(
        rulesOf(own).stream(),
        open && !producers.isEmpty() ? Stream.of(end(namespace)) : Stream.empty());
  }

  private static List<HttpRule> rulesOf(List<Item> items) {
    var sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(item -> item.match().rank()));
    var rules = new ArrayList<HttpRule>();
    var run = new ArrayList<RuleDraft.Ranked>();
    for (int i = 0; i < sorted.size(); i++) {
      run.add(sorted.get(i).match());
      boolean last =
          i + 1 == sorted.size() || !sorted.get(i + 1).draft().equals(sorted.get(i).draft());
      if (last) {
        rules.add(sorted.get(i).draft().with(run));
        run.clear();
      }
    }
    return rules;
  }

  private static ClientMatch clientOf(Item item) {
    return item.match().match().client();
  }

  private static HttpMatch anyFrom(String namespace) {
    var any = HttpMatch.ANY;
    return new HttpMatch(
        any.path(),
        any.method(),
        any.headers(),
        any.query(),
        any.authority(),
        any.scheme(),
        any.port(),
        new ClientMatch(namespace, any.client().labels()));
  }

  private static HttpRule end(String namespace) {
    return new HttpRule(
        "",
        false,
        List.of(anyFrom(namespace)),
        List.of(new HttpFilter.DirectResponse(NOT_FOUND, "")),
        List.of(),
        Timeouts.DEFAULT,
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }
}
