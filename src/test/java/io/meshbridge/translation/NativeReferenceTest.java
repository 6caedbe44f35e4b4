package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeReferenceTest {
  @Test
  void namesKubernetesObjectsByKindNamespaceAndName() {
    assertThat(NativeReference.of(object("networking.istio.io/v1", "VirtualService", "shop")))
        .hasToString("NativeReference[group=networking.istio.io, text=VirtualService shop/web]");
    assertThat(NativeReference.of(object("v1", "Service", "")).text())
        .isEqualTo("Service default/web");
  }

  @Test
  void takesVersionsOfAKindForOneAndGroupsForSeveral() {
    var one = NativeReference.of(object("gateway.networking.k8s.io/v1", "HTTPRoute", "shop"));
    var older =
        NativeReference.of(object("gateway.networking.k8s.io/v1beta1", "HTTPRoute", "shop"));
    var other = NativeReference.of(object("policy.linkerd.io/v1beta3", "HTTPRoute", "shop"));

    assertThat(one).isEqualTo(older).isNotEqualTo(other);
  }

  @Test
  void namesConsulsEntriesAndRegistrations() {
    assertThat(NativeReference.of(Map.of("Kind", "service-router", "Name", "web")).text())
        .isEqualTo("service-router web");
    assertThat(
            NativeReference.of(
                    Map.of("Node", "n1", "Service", Map.of("ID", "web-1", "Service", "web")))
                .text())
        .isEqualTo("service web-1 at n1");
  }

  private static Map<String, Object> object(String apiVersion, String kind, String namespace) {
    return Map.of(
        "apiVersion",
        apiVersion,
        "kind",
        kind,
        "metadata",
        namespace.isEmpty()
            ? Map.of("name", "web")
            : Map.of("name", "web", "namespace", namespace));
  }
}
