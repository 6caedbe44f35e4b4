package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;

/** The versions in which Linkerd's policy controller watches routes. */
final class RouteTypes {
  private RouteTypes() {}

  static ResourceType of(RouteKind kind) {
    return switch (kind) {
      case HTTP, GRPC -> kind.type();
      case TLS, TCP -> kind.type().inVersion("v1alpha2");
    };
  }
}
