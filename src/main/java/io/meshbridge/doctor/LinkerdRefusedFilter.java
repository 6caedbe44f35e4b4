package io.meshbridge.doctor;

import java.util.Map;
import java.util.stream.Stream;

/** Filters that make Linkerd's control plane refuse the whole route. */
final class LinkerdRefusedFilter implements DocumentCheck {
  private static final Map<String, String> REFUSED =
      Map.of(
          "URLRewrite", "a rewrite", "RequestMirror", "a mirror", "ExtensionRef", "an extension");

  @Override
  public Trap trap() {
    return Trap.error(
        "linkerd-refused-filter",
        "linkerd",
        "Linkerd refuses the filter, and with it the route",
        "take the filter away, or do it at a gateway");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return Stream.of("gateway.networking.k8s.io", "policy.linkerd.io")
        .flatMap(
            group -> Stream.of("HTTPRoute", "GRPCRoute").flatMap(k -> documents.ofKind(group, k)))
        .filter(LinkerdRefusedFilter::isForServices)
        .flatMap(route -> route.spec().everywhere("filters"))
        .flatMap(filters -> filters.items())
        .map(filter -> filter.at("type"))
        .filter(type -> REFUSED.containsKey(type.text()))
        .map(type -> found(type, REFUSED.get(type.text()) + " in a route of a Service"));
  }

  private static boolean isForServices(NativeObject route) {
    return route
        .spec()
        .at("parentRefs")
        .items()
        .anyMatch(parent -> parent.at("kind").text().equals("Service"));
  }
}
