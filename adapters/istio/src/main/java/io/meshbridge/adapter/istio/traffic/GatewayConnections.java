package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.istio.traffic.GatewayReader.Bound;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The rules for connections that come in through a Gateway and into which nobody looks. */
final class GatewayConnections {
  private final List<Server> servers;
  private final Traces traces;

  GatewayConnections(List<Server> servers, Traces traces) {
    this.servers = List.copyOf(servers);
    this.traces = traces;
  }

  List<L4Rule> connections(List<Bound> bound) {
    var rules = new ArrayList<L4Rule>();
    for (Bound each : bound) {
      var own = new ArrayList<L4Rule>();
      for (L4Rule rule : each.rules().l4()) {
        servers.forEach(server -> add(own, rule, each, server));
      }
      if (own.isEmpty() && !each.rules().l4().isEmpty()) {
        tellUnheard(each);
      }
      rules.addAll(own);
    }
    return rules;
  }

  private static void add(List<L4Rule> rules, L4Rule rule, Bound bound, Server server) {
    var listener = server.listener();
    boolean rightPort = rule.port().isEmpty() || rule.port().getAsInt() == listener.port();
    var doors = GatewayRules.doorsOf(bound.route(), server);
    if (!rightPort || doors.isEmpty() || listener.isHttp()) {
      return;
    }
    var sources = new Sources.Builder();
    rule.sources()
        .fields()
        .forEach(
            (field, refs) -> {
              if (!field.startsWith("serverNames")) {
                refs.forEach(ref -> sources.add(field, ref));
              }
            });
    sources.add("port", server.port());
    var names = namesAt(rule, doors, sources);
    boolean fits = (listener.kind() == Listener.Kind.TLS) == rule.isTls();
    if (fits && rule.isTls() == !names.isEmpty()) {
      rules.add(
          new L4Rule(
              names,
              OptionalInt.of(listener.port()),
              rule.client(),
              rule.backends(),
              sources.build()));
    }
  }

  private static List<String> namesAt(
      L4Rule rule, List<GatewayRules.Door> doors, Sources.Builder sources) {
    var names = new ArrayList<String>();
    for (int i = 0; i < rule.serverNames().size(); i++) {
      for (GatewayRules.Door door : doors) {
        var common = HostConditions.common(rule.serverNames().get(i), door.host());
        if (common.isPresent() && !names.contains(common.get())) {
          var field = "serverNames[" + names.size() + "]";
          names.add(common.get());
          rule.sources().of("serverNames[" + i + "]").forEach(ref -> sources.add(field, ref));
          door.hostRefs().forEach(ref -> sources.add(field, ref));
        }
      }
    }
    return names;
  }

  private void tellUnheard(Bound bound) {
    var trace = traces.of(bound.route().object());
    for (String list : List.of("tls", "tcp")) {
      if (bound.route().content().get("spec") instanceof Map<?, ?> spec && spec.containsKey(list)) {
        trace.lose(
            "spec." + list,
            Outcome.DROPPED,
            "no server of the gateway passes such connections on for these hosts",
            "");
      }
    }
  }
}
