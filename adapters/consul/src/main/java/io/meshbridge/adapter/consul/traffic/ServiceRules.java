package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.List;
import java.util.Optional;

/** What becomes of requests that a gateway leads to a service, in the words of the gateway. */
final class ServiceRules {
  private ServiceRules() {}

  /** The service's own rules: Consul's gateways follow them as every caller's proxy does. */
  static List<HttpRule> of(ServiceKey service, TrafficPolicy policy, boolean grpc) {
    return policy.http().isEmpty()
        ? List.of(everything(service, grpc))
        : policy.http().stream().map(rule -> from(service, rule)).toList();
  }

  private static HttpRule everything(ServiceKey service, boolean grpc) {
    return new HttpRule(
        "",
        grpc,
        List.of(),
        List.of(),
        List.of(WeightedBackend.only(BackendRef.service(service))),
        new Timeouts(Optional.of(RouterReader.DEFAULT_TIMEOUT), Optional.empty(), Optional.empty()),
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }

  private static HttpRule from(ServiceKey service, HttpRule rule) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        filters(service, rule.filters()),
        backends(service, rule.backends()),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        rule.sources());
  }

  /** Where the service says itself, a gateway has to name it. */
  static List<WeightedBackend> backends(ServiceKey service, List<WeightedBackend> backends) {
    return backends.stream()
        .map(
            backend ->
                new WeightedBackend(
                    named(service, backend.ref()),
                    backend.weight(),
                    filters(service, backend.filters())))
        .toList();
  }

  private static List<HttpFilter> filters(ServiceKey service, List<HttpFilter> filters) {
    return filters.stream()
        .map(
            filter ->
                filter instanceof HttpFilter.Mirror mirror
                    ? new HttpFilter.Mirror(named(service, mirror.ref()), mirror.percent())
                    : filter)
        .toList();
  }

  private static BackendRef named(ServiceKey service, BackendRef ref) {
    return new BackendRef(Optional.of(ref.service().orElse(service)), ref.subset(), ref.port());
  }
}
