package io.meshbridge.api;

import io.meshbridge.cli.OrdersDesk;
import io.meshbridge.cli.Signature;
import io.meshbridge.cli.UnreachableException;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A desk for orders that stand in memory only, of a federation of east and west. */
@Alternative
@Singleton
public final class FakeDesk implements OrdersDesk.Opener, OrdersDesk {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final List<SignedOrder> standing = Collections.synchronizedList(new ArrayList<>());
  private final List<String> acts = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<UnreachableException> trouble = Optional.empty();

  void clear() {
    standing.clear();
    acts.clear();
    trouble = Optional.empty();
  }

  /** What was done, as {@code verb who why}. */
  List<String> acts() {
    return List.copyOf(acts);
  }

  void fail(UnreachableException next) {
    trouble = Optional.of(next);
  }

  @Override
  public OrdersDesk open(BridgeConfig config) {
    return this;
  }

  @Override
  public List<Member> members() {
    return List.of(
        Member.active(new MeshId("east"), "istio"), Member.active(new MeshId("west"), "consul"));
  }

  @Override
  public List<SignedOrder> standing() {
    return List.copyOf(standing);
  }

  @Override
  public void give(Order order, Signature signature) throws UnreachableException {
    require();
    standing.add(new SignedOrder(order, signature.by(), signature.why(), NOON));
    acts.add("give " + signature.by() + " " + signature.why());
  }

  @Override
  public void lift(Order order, Signature signature) throws UnreachableException {
    require();
    standing.removeIf(signed -> signed.order().equals(order));
    acts.add("lift " + signature.by() + " " + signature.why());
  }

  @Override
  public void uninstalled(MeshId mesh, Signature signature) {
    acts.add("uninstalled");
  }

  @Override
  public void close() {}

  private void require() throws UnreachableException {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
  }
}
