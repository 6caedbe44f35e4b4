package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says one rule for HTTP. Not for several threads. */
final class HttpRuleWriter {
  // What a rule answers that sends requests nowhere (Gateway API, HTTPRoute backendRefs).
  private static final HttpFilter NOWHERE = new HttpFilter.DirectResponse(500, "");
  private static final String TWICE = "a rule of Istio does this once, and a filter before does it";

  private final Import service;
  private final HttpRule rule;
  private final RulePart part;
  private final FaultWriter faults;
  private final TargetWriter target;
  private final BackendWriter backends;
  private final RetryWriter retry;
  private final Destinations destinations;
  private final List<Map<String, Object>> mirrors = new ArrayList<>();
  private Optional<Map<String, Object>> cors = Optional.empty();
  private HeaderChange request = OrderOfChanges.NOTHING;
  private HeaderChange response = OrderOfChanges.NOTHING;

  HttpRuleWriter(
      Import service,
      HttpRule rule,
      RulePart part,
      PortKinds ports,
      Destinations destinations,
      Capabilities capabilities) {
    this.service = service;
    this.rule = rule;
    this.part = part;
    this.destinations = destinations;
    this.faults = new FaultWriter(part);
    this.target = new TargetWriter(part, ports, capabilities);
    this.backends = new BackendWriter(part, destinations);
    this.retry = new RetryWriter(rule, part, capabilities);
  }

  /** The rule as one HTTPRoute or several in a row; none if it cannot be said. */
  List<Map<String, Object>> write() {
    for (int i = 0; i < rule.filters().size(); i++) {
      take(rule.filters().get(i), "filters[" + i + "]");
    }
    if (!target.answers() && !Forbidding.serves(rule)) {
      target.answer(faults.certainAnswer().<HttpFilter>map(a -> a).orElse(NOWHERE), "backends");
    } else if (target.answers()) {
      faults.tellBesideAnswer();
    }
    var rest = restOfRoute();
    var routes = new ArrayList<Map<String, Object>>();
    for (Group group : groups()) {
      routes.add(routeOf(group, rest));
    }
    retry.tellUnsaid();
    if (!part.isSayable()) {
      part.leaveOut(Forbidding.forbids(rule));
      return List.of();
    }
    return routes;
  }

  private void take(HttpFilter filter, String field) {
    switch (filter) {
      case HttpFilter.RequestHeaders headers -> {
        tellUnsayable(headers.change(), field);
        request = HeaderChanges.inOrder(request, headers.change());
      }
      case HttpFilter.ResponseHeaders headers -> {
        tellUnsayable(headers.change(), field);
        response = HeaderChanges.inOrder(response, headers.change());
      }
      case HttpFilter.Cors policy -> takeCors(policy, field);
      case HttpFilter.Delay delay -> faults.take(delay, field);
      case HttpFilter.Abort abort -> faults.take(abort, field);
      case HttpFilter.Redirect redirect -> target.answer(redirect, field);
      case HttpFilter.DirectResponse direct -> target.answer(direct, field);
      case HttpFilter.Rewrite rewrite -> target.rewrite(rewrite, field);
      case HttpFilter.Mirror mirror -> takeMirror(mirror, field);
    }
  }

  private void tellUnsayable(HeaderChange change, String field) {
    var names = HeaderWriter.unsayable(change);
    if (!names.isEmpty()) {
      part.dropped(field, "Istio cannot change " + String.join(", ", names) + " so");
    }
  }

  private void takeCors(HttpFilter.Cors policy, String field) {
    if (cors.isPresent()) {
      part.dropped(field, TWICE);
    } else {
      cors = Optional.of(CorsWriter.of(policy, part, field));
    }
  }

  private void takeMirror(HttpFilter.Mirror mirror, String field) {
    var destination = destinations.of(mirror.ref());
    if (destination.isEmpty()) {
      part.dropped(field, destinations.reasonAgainst(mirror.ref()) + "; nothing is copied there");
      return;
    }
    var written = new LinkedHashMap<String, Object>();
    written.put("destination", destination.orElseThrow());
    written.put("percentage", Numbers.percentage(mirror.percent()));
    mirrors.add(written);
  }

  /** Matches in a row whose requests have the same target. */
  private record Group(List<Map<String, Object>> matches, Map<String, Object> target) {}

  private List<Group> groups() {
    var matches = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
    var writer = new MatchWriter(part, service);
    var groups = new ArrayList<Group>();
    for (int i = 0; i < matches.size(); i++) {
      for (PathForm form : PathForm.of(matches.get(i).path())) {
        var match = writer.of(matches.get(i), form, "matches[" + i + "]");
        var fields = target.fieldsFor(form);
        if (groups.isEmpty() || !groups.getLast().target().equals(fields)) {
          groups.add(new Group(new ArrayList<>(), fields));
        }
        groups.getLast().matches().add(match);
      }
    }
    return groups;
  }

  private Map<String, Object> routeOf(Group group, Map<String, Object> rest) {
    var route = new LinkedHashMap<String, Object>();
    if (!rule.name().isEmpty()) {
      route.put("name", rule.name());
    }
    if (group.matches().stream().noneMatch(HttpRuleWriter::takesAll)) {
      route.put("match", group.matches());
    }
    route.putAll(group.target());
    route.putAll(rest);
    return route;
  }

  private static boolean takesAll(Map<String, Object> match) {
    return match.isEmpty() || match.equals(Map.of("uri", Map.of("prefix", "/")));
  }

  /** What does not depend on the path. */
  private Map<String, Object> restOfRoute() {
    var rest = new LinkedHashMap<String, Object>();
    boolean sends = !target.answers();
    boolean apart = sends && mustStandApart();
    if (sends) {
      rest.put(
          "route",
          backends.of(
              rule.backends(),
              apart ? request : OrderOfChanges.NOTHING,
              apart ? response : OrderOfChanges.NOTHING));
    }
    retry.timeout().ifPresent(timeout -> rest.put("timeout", timeout));
    // What nobody asked for need not be said where nothing is sent.
    retry
        .retries()
        .filter(retries -> sends || rule.retry().filter(said -> !said.implied()).isPresent())
        .ifPresent(retries -> rest.put("retries", retries));
    if (sends) {
      put(rest, "fault", faults.fields());
    }
    if (!mirrors.isEmpty()) {
      rest.put("mirrors", mirrors);
    }
    cors.ifPresent(policy -> rest.put("corsPolicy", policy));
    if (!apart) {
      put(rest, "headers", HeaderWriter.of(request, Optional.empty(), response));
    }
    return rest;
  }

  /**
   * Envoy gives a rule the last word over its several destinations, the model the destination:
   * where both change one header, all is said at the destinations.
   */
  private boolean mustStandApart() {
    return rule.backends().size() > 1
        && rule.backends().stream()
            .anyMatch(
                backend ->
                    HeaderChanges.meet(request, OrderOfChanges.requestOf(backend.filters()))
                        || HeaderChanges.meet(
                            response, OrderOfChanges.responseOf(backend.filters())));
  }

  private static void put(Map<String, Object> route, String name, Map<String, Object> fields) {
    if (!fields.isEmpty()) {
      route.put(name, fields);
    }
  }
}
