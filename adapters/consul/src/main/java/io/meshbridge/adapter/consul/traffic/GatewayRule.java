package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A rule of a service while it is put on the hosts by which a gateway leads there. */
final class GatewayRule {
  private final HttpRule rule;
  private final GatewayService service;
  private final List<GatewayService.Host> hosts;
  private final int port;
  private final Sources.Builder sources = new Sources.Builder();
  private final List<HttpMatch> matches = new ArrayList<>();

  /**
   * @param hosts none for Consul's own name for the service
   */
  GatewayRule(HttpRule rule, GatewayService service, List<GatewayService.Host> hosts, int port) {
    this.rule = rule;
    this.service = service;
    this.hosts = hosts;
    this.port = port;
  }

  /** Empty if it is about none of the hosts. */
  Optional<HttpRule> onHosts() {
    var own = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
    for (int i = 0; i < own.size(); i++) {
      if (hosts.isEmpty()) {
        addOnOwnName(own.get(i), i);
      }
      for (GatewayService.Host host : hosts) {
        add(own.get(i), i, host);
      }
    }
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    addRest();
    var filters = filters();
    return Optional.of(
        new HttpRule(
            rule.name(),
            rule.grpc(),
            matches,
            filters,
            rule.backends(),
            rule.timeouts(),
            rule.retry(),
            rule.affinity(),
            sources.build()));
  }

  private void addOnOwnName(HttpMatch match, int index) {
    var name = service.name();
    var isDefault = name.namespace().equals(ServiceName.DEFAULT_NAMESPACE);
    var start = name.name() + ".ingress." + (isDefault ? "" : name.namespace() + ".");
    if (match.authority().isPresent()) {
      leaveOut(service.fields().ref("Name"));
    } else {
      add(match, index, Optional.of(new TextMatch(TextMatch.Kind.PREFIX, start, true)));
      service.refs().forEach(ref -> sources.add(last() + ".authority", ref));
    }
  }

  private void add(HttpMatch match, int index, GatewayService.Host host) {
    if (match.authority().isEmpty()) {
      add(match, index, host.pattern().authority());
    } else if (host.pattern().equals(HostPattern.ALL)) {
      add(match, index, match.authority());
    } else {
      var both = HostPattern.of(match.authority()).map(host.pattern()::and);
      if (both.isEmpty()) {
        leaveOut(host.ref());
        return;
      }
      if (both.get().isEmpty()) {
        // It is about other hosts.
        return;
      }
      add(match, index, both.get().get().authority());
    }
    sources.add(last() + ".authority", host.ref());
  }

  private void add(HttpMatch match, int index, Optional<TextMatch> authority) {
    matches.add(
        new HttpMatch(
            match.path(),
            match.method(),
            match.headers(),
            match.query(),
            authority,
            match.scheme(),
            OptionalInt.of(port),
            match.client()));
    addSources("matches[" + index + "]", last());
  }

  private String last() {
    return "matches[" + (matches.size() - 1) + "]";
  }

  private void leaveOut(FieldRef host) {
    service
        .fields()
        .trace()
        .lose(
            host.path(),
            Outcome.DROPPED,
            "a route of the service asks for hosts in words of its own; it is left out here",
            "");
  }

  private void addRest() {
    rule.sources()
        .fields()
        .forEach(
            (field, refs) -> {
              if (!field.startsWith("matches[")) {
                refs.forEach(ref -> sources.add(field, ref));
              }
            });
    for (int i = 0; i < rule.backends().size(); i++) {
      var at = "backends[" + i + "].ref";
      service.refs().forEach(ref -> sources.add(at, ref));
    }
  }

  private void addSources(String from, String to) {
    rule.sources()
        .fields()
        .forEach(
            (field, refs) -> {
              if (field.equals(from) || field.startsWith(from + ".")) {
                refs.forEach(ref -> sources.add(to + field.substring(from.length()), ref));
              }
            });
  }

  /** What the gateway does comes after what the service's own rule does. */
  private List<HttpFilter> filters() {
    var filters = new ArrayList<>(rule.filters());
    var request = service.request();
    if (!request.isEmpty()) {
      addSources(request.refs(), filters.size());
      filters.add(new HttpFilter.RequestHeaders(request.change()));
    }
    var response = service.response();
    if (!response.isEmpty()) {
      addSources(response.refs(), filters.size());
      filters.add(new HttpFilter.ResponseHeaders(response.change()));
    }
    return filters;
  }

  private void addSources(List<FieldRef> refs, int filter) {
    refs.forEach(ref -> sources.add("filters[" + filter + "]", ref));
  }
}
