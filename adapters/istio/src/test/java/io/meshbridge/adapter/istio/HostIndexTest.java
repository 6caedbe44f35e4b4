package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostIndexTest {
  private static final ResourceKey WEB = new ResourceKey("shop", "web");
  private static final ResourceKey CART = new ResourceKey("shop", "cart");
  private static final ResourceKey KEYS = new ResourceKey("vault", "keys");

  private final HostIndex index = new HostIndex();

  @Test
  void findsWhoHasAHostAndWhoFallsUnderAnAsterisk() {
    index.put(WEB, List.of("web.shop.svc.cluster.local"));
    index.put(CART, List.of("cart.shop.svc.cluster.local", "cart.example.com"));
    index.put(KEYS, List.of("keys.vault.svc.cluster.local"));

    assertThat(index.of("web.shop.svc.cluster.local")).containsExactly(WEB);
    assertThat(index.of("cart.example.com")).containsExactly(CART);
    assertThat(index.of("*.shop.svc.cluster.local")).containsExactly(CART, WEB);
    assertThat(index.of("*.op.svc.cluster.local")).isEmpty();
    assertThat(index.of("*")).containsExactlyInAnyOrder(CART, KEYS, WEB);
  }

  @Test
  void forgetsTheHostsThatAnObjectHasNoLonger() {
    index.put(WEB, List.of("a.example.com", "b.example.com"));

    index.put(WEB, List.of("b.example.com"));
    assertThat(index.of("a.example.com")).isEmpty();
    index.put(WEB, List.of());
    assertThat(index.of("*.example.com")).isEmpty();
  }
}
