package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The one writing of policies: what the sink applies is what the translator prints. Pure. */
public final class PolicyWriter {
  private final TargetService target;
  private final TrafficPolicy policy;
  private final LossList losses;
  private final PolicyLosses policyLosses;

  private PolicyWriter(TargetService target, TrafficPolicy policy, LossList losses) {
    this.target = target;
    this.policy = policy;
    this.losses = losses;
    this.policyLosses = new PolicyLosses(losses);
  }

  /**
   * Says a policy.
   *
   * @param losses takes what cannot be said
   */
  public static PolicyShape write(TargetService target, TrafficPolicy policy, LossList losses) {
    return new PolicyWriter(target, policy, losses).write();
  }

  private PolicyShape write() {
    var backends = new BackendWriter(target, policy);
    var refusals = new Refusals();
    var requests = new RequestRules(target, policy.http(), backends, policyLosses, refusals);
    var connections = new ConnectionRules(target, policy.l4(), backends, policyLosses);
    var routes = new ArrayList<RouteObject>();
    for (ServicePort port : target.requestPorts()) {
      routes.addAll(requests.routes(port));
    }
    target.connectionPorts().forEach(port -> routes.addAll(connections.routes(port)));
    tellPorts();
    connections.tellUnreachable();
    refusals.tell(losses);
    var annotations = destination();
    tellSubsets(backends.subsets());
    return new PolicyShape(
        annotations,
        routes,
        routed(),
        policy.http().stream().anyMatch(PolicyWriter::isGuard),
        backends.subsets(),
        connections.detected(),
        !refusals.isEmpty());
  }

  private List<String> routed() {
    return Stream.concat(
            IntStream.range(0, policy.http().size()).mapToObj(i -> "http[" + i + "]"),
            IntStream.range(0, policy.l4().size()).mapToObj(i -> "l4[" + i + "]"))
        .map(field -> TrafficPolicy.FIELD + "." + field)
        .toList();
  }

  /** Whether a rule answers with an error, or with nothing that could answer. */
  private static boolean isGuard(HttpRule rule) {
    boolean answers =
        rule.filters().stream()
            .anyMatch(
                filter ->
                    switch (filter) {
                      case HttpFilter.DirectResponse direct -> direct.status() >= 400;
                      case HttpFilter.Abort abort -> abort.percent().intValue() == 100;
                      case HttpFilter.RequestHeaders ignored -> false;
                      case HttpFilter.ResponseHeaders ignored -> false;
                      case HttpFilter.Redirect ignored -> false;
                      case HttpFilter.Rewrite ignored -> false;
                      case HttpFilter.Mirror ignored -> false;
                      case HttpFilter.Delay ignored -> false;
                      case HttpFilter.Cors ignored -> false;
                    });
    boolean redirects = rule.filters().stream().anyMatch(HttpFilter.Redirect.class::isInstance);
    return answers || (rule.backends().isEmpty() && !redirects);
  }

  /** Rules for ports that are not there, or whose requests nobody looks into. */
  private void tellPorts() {
    var ports = target.requestPorts();
    for (int i = 0; i < policy.http().size(); i++) {
      var matches = policy.http().get(i).matches();
      if (ports.isEmpty()) {
        policyLosses.dropped("http[" + i + "]", "no port of the Service speaks HTTP");
        continue;
      }
      for (int j = 0; j < matches.size(); j++) {
        if (!isThere(matches.get(j), ports)) {
          policyLosses.dropped(
              "http[" + i + "].matches[" + j + "].port",
              "the Service has no such port that speaks HTTP");
        }
      }
    }
  }

  private static boolean isThere(HttpMatch match, List<ServicePort> ports) {
    return match.port().isEmpty()
        || ports.stream().anyMatch(port -> port.number() == match.port().getAsInt());
  }

  private SortedMap<String, String> destination() {
    var only = policy.ports().size() == 1 && target.ports().size() == 1;
    var number = target.ports().getFirst().number();
    if (only && policy.ports().containsKey(number)) {
      new DestinationWriter(policyLosses.in("destination"))
          .tellAll(policy.destination(), "the policy of the only port takes its place");
      return new DestinationWriter(policyLosses.in("ports[" + number + "]"))
          .annotations(policy.ports().getOrDefault(number, DestinationPolicy.DEFAULT));
    }
    policy
        .ports()
        .forEach(
            (port, of) -> {
              var lost = policyLosses.in("ports[" + port + "]");
              lost.dropped("port", "Linkerd has no policy for a single port");
              new DestinationWriter(lost)
                  .tellAll(of, "Linkerd leaves endpoints alone for a Service as a whole");
            });
    return new DestinationWriter(policyLosses.in("destination")).annotations(policy.destination());
  }

  private void tellSubsets(SortedMap<String, Subset> used) {
    for (Subset subset : policy.subsets()) {
      var part = "subsets[" + subset.name() + "]";
      if (!used.containsKey(subset.name())) {
        policyLosses.dropped(part + ".labels", "no rule that can be said sends requests to it");
      }
      new DestinationWriter(policyLosses.in(part + ".policy"))
          .tellAll(subset.policy(), "Linkerd leaves endpoints alone for a Service as a whole");
    }
  }
}
