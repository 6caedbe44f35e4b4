package io.meshbridge.translation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The names that an object holds besides its own: where somebody else holds one, we yield. */
final class Claims {
  private static final String ISTIO = "networking.istio.io/";

  private Claims() {}

  /** Equal texts of two objects are one name: a host of an Istio kind, or a Consul service. */
  static List<String> of(Map<String, ?> content) {
    if (Objects.toString(content.get("apiVersion"), "").startsWith(ISTIO)
        && content.get("spec") instanceof Map<?, ?> spec) {
      var kind = Objects.toString(content.get("kind"), "");
      return hosts(kind, spec).map(host -> kind + " for " + host).toList();
    }
    return content.containsKey("Node") && content.get("Service") instanceof Map<?, ?> service
        ? List.of("service " + service.get("Service"))
        : List.of();
  }

  private static Stream<?> hosts(String kind, Map<?, ?> spec) {
    return switch (kind) {
      case "ServiceEntry", "VirtualService" ->
          spec.get("hosts") instanceof List<?> hosts ? hosts.stream() : Stream.of();
      case "DestinationRule" -> Stream.ofNullable(spec.get("host"));
      default -> Stream.of();
    };
  }
}
