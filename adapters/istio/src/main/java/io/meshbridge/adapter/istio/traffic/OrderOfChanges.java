package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a rule and one of its several destinations change the same header, Envoy lets the rule have
 * the last word, while the model gives it to the destination. There both are put together at the
 * destinations.
 *
 * @param headers what the rule still does itself
 * @param backends with what they do now
 */
record OrderOfChanges(HeaderReader headers, List<WeightedBackend> backends) {
  static final HeaderChange NOTHING = HeaderChange.setting(Collections.emptySortedMap());

  /**
   * Puts them in order.
   *
   * @param destinations how many the rule has in its owner's words
   */
  static OrderOfChanges of(
      int destinations,
      HeaderReader headers,
      List<WeightedBackend> backends,
      Sources.Builder sources) {
    if (destinations < 2) {
      return new OrderOfChanges(headers, backends);
    }
    var moved = backends;
    boolean requests = meet(headers.request(), backends, OrderOfChanges::requestOf);
    if (requests) {
      moved = moved(moved, f -> withRequest(f, headers.request().value()));
      tell(headers.request(), moved.size(), sources);
    }
    boolean responses = meet(headers.response(), backends, OrderOfChanges::responseOf);
    if (responses) {
      moved = moved(moved, f -> withResponse(f, headers.response().value()));
      tell(headers.response(), moved.size(), sources);
    }
    return new OrderOfChanges(
        new HeaderReader(
            requests ? new Sourced<>(NOTHING, List.of()) : headers.request(),
            responses ? new Sourced<>(NOTHING, List.of()) : headers.response(),
            headers.host()),
        moved);
  }

  /** The change of the request's headers among filters. */
  static HeaderChange requestOf(List<HttpFilter> filters) {
    return filters.stream()
        .flatMap(
            f -> f instanceof HttpFilter.RequestHeaders h ? Stream.of(h.change()) : Stream.of())
        .reduce(NOTHING, HeaderChanges::inOrder);
  }

  /** The change of the response's headers among filters. */
  static HeaderChange responseOf(List<HttpFilter> filters) {
    return filters.stream()
        .flatMap(
            f -> f instanceof HttpFilter.ResponseHeaders h ? Stream.of(h.change()) : Stream.of())
        .reduce(NOTHING, HeaderChanges::inOrder);
  }

  private static boolean meet(
      Sourced<HeaderChange> rules,
      List<WeightedBackend> backends,
      Function<List<HttpFilter>, HeaderChange> changeIn) {
    return backends.stream()
        .anyMatch(b -> HeaderChanges.meet(rules.value(), changeIn.apply(b.filters())));
  }

  private static List<WeightedBackend> moved(
      List<WeightedBackend> backends, Function<List<HttpFilter>, List<HttpFilter>> with) {
    return backends.stream()
        .map(b -> new WeightedBackend(b.ref(), b.weight(), with.apply(b.filters())))
        .toList();
  }

  private static void tell(Sourced<HeaderChange> rules, int backends, Sources.Builder sources) {
    for (int i = 0; i < backends; i++) {
      rules.tell("backends[" + i + "].filters", sources);
    }
  }

  private static List<HttpFilter> withRequest(List<HttpFilter> filters, HeaderChange rules) {
    var all = new ArrayList<HttpFilter>();
    all.add(new HttpFilter.RequestHeaders(HeaderChanges.inOrder(requestOf(filters), rules)));
    filters.stream().filter(f -> !(f instanceof HttpFilter.RequestHeaders)).forEach(all::add);
    return all;
  }

  private static List<HttpFilter> withResponse(List<HttpFilter> filters, HeaderChange rules) {
    var all = new ArrayList<HttpFilter>();
    filters.stream().filter(f -> !(f instanceof HttpFilter.ResponseHeaders)).forEach(all::add);
    all.add(new HttpFilter.ResponseHeaders(HeaderChanges.inOrder(responseOf(filters), rules)));
    return all;
  }
}
