package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a gateway's listener speaks: in Consul that is what the services speak that it leads to. */
final class ListenerProtocol {
  private static final List<AppProtocol> HTTP_LIKE =
      List.of(AppProtocol.HTTP, AppProtocol.HTTP2, AppProtocol.GRPC);

  private final Import gateway;
  private final int port;

  ListenerProtocol(Import gateway, int port) {
    this.gateway = gateway;
    this.port = port;
  }

  /** What most of its rules lead to. */
  AppProtocol choose(boolean isHttp) {
    var counts = new EnumMap<AppProtocol, Integer>(AppProtocol.class);
    var policy = gateway.export().traffic();
    var backends =
        isHttp
            ? policy.http().stream().filter(this::isHere).map(HttpRule::backends)
            : policy.l4().stream().filter(this::isHere).map(L4Rule::backends);
    backends
        .flatMap(List::stream)
        .flatMap(backend -> protocolOf(backend).stream())
        .filter(protocol -> HTTP_LIKE.contains(protocol) == isHttp)
        .forEach(protocol -> counts.merge(protocol, 1, Integer::sum));
    var chosen = isHttp ? AppProtocol.HTTP : AppProtocol.TCP;
    for (Map.Entry<AppProtocol, Integer> candidate : counts.entrySet()) {
      if (candidate.getValue() > counts.getOrDefault(chosen, 0)) {
        chosen = candidate.getKey();
      }
    }
    return chosen;
  }

  /** As Consul spells it, which knows but one word for what it does not look into. */
  static String word(AppProtocol protocol) {
    return HTTP_LIKE.contains(protocol) ? protocol.name().toLowerCase(Locale.ROOT) : "tcp";
  }

  private boolean isHere(HttpRule rule) {
    return GatewayHosts.matches(rule).stream()
        .anyMatch(match -> match.port().isEmpty() || match.port().getAsInt() == port);
  }

  private boolean isHere(L4Rule rule) {
    return rule.port().isEmpty() || rule.port().getAsInt() == port;
  }

  private Optional<AppProtocol> protocolOf(WeightedBackend backend) {
    return backend
        .ref()
        .service()
        .flatMap(key -> Optional.ofNullable(gateway.others().get(key)))
        .flatMap(export -> PortNames.find(export.ports(), backend.ref().port(), port))
        .map(found -> found.protocol());
  }
}
