package io.meshbridge.log;

import io.meshbridge.model.MeshId;
import io.meshbridge.orders.SignedOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Gives and lifts orders, for the command line: reads and writes once, with its own clients. Each
 * act is also written into the trail, where nothing is ever overwritten.
 */
public final class OrdersAdmin {
  private final FederationTopics topics;
  private final KafkaClients clients;
  private final OneWrite log;
  private final OrderCodec codec = new OrderCodec();

  /** Contacts nobody yet. The topics must exist; see {@link TopicKeeper}. */
  public OrdersAdmin(FederationTopics topics, KafkaClients clients) {
    this.topics = topics;
    this.clients = clients;
    this.log = new OneWrite(topics, clients);
  }

  /**
   * The orders that stand. Records that cannot be read are left out.
   *
   * @throws LogUnavailableException if the orders' topic does not exist or cannot be read
   */
  public List<SignedOrder> list() throws LogUnavailableException, InterruptedException {
    var orders = new TreeMap<String, SignedOrder>();
    for (var record : CompactedTopic.read(clients, topics.orders())) {
      switch (codec.decode(record)) {
        case OrderCodec.Decoded.Given(var key, var order) -> orders.put(key, order);
        case OrderCodec.Decoded.Lifted(var key) -> orders.remove(key);
        case OrderCodec.Decoded.NotUnderstood ignored -> {}
      }
    }
    return new ArrayList<>(orders.values());
  }

  /**
   * Gives an order; returns when it stands in the log.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void give(SignedOrder order) throws LogUnavailableException, InterruptedException {
    write(ActCodec.given(newId(), order), codec.give(order));
  }

  /**
   * Lifts an order; returns when that stands in the log.
   *
   * @param order with who lifts it and why
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void lift(SignedOrder order) throws LogUnavailableException, InterruptedException {
    write(ActCodec.lifted(newId(), order), codec.lift(order));
  }

  /**
   * Tells the trail that all that was ours is to be removed from a mesh; returns when it stands
   * there.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void uninstalled(MeshId mesh, String by, String why, Instant at)
      throws LogUnavailableException, InterruptedException {
    log.write(
        List.of(
            new OneWrite.Line(topics.trail(), ActCodec.uninstalled(newId(), mesh, by, why, at))));
  }

  /** The trail first: no order stands of which the trail does not tell. */
  private void write(OutgoingRecord act, OutgoingRecord order)
      throws LogUnavailableException, InterruptedException {
    log.write(
        List.of(new OneWrite.Line(topics.trail(), act), new OneWrite.Line(topics.orders(), order)));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }
}
