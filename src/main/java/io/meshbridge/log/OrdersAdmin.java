package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.orders.SignedOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Gives and lifts orders, for the command line: writes once, with its own client. Each act is also
 * written into the trail, where nothing is ever overwritten.
 */
public final class OrdersAdmin {
  private final FederationTopics topics;
  private final KafkaClients clients;
  private final Clock clock;
  private final OrderCodec codec = new OrderCodec();

  /** Contacts nobody yet. The topics must exist; see {@link TopicKeeper}. */
  public OrdersAdmin(FederationTopics topics, KafkaClients clients, Clock clock) {
    this.topics = topics;
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Gives an order; returns when it stands in the log.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void give(SignedOrder order) throws LogUnavailableException, InterruptedException {
    write(codec.give(order), act("given", order));
  }

  /**
   * Lifts an order; returns when that stands in the log.
   *
   * @throws LogUnavailableException if nobody knows whether it does
   */
  public void lift(SignedOrder order) throws LogUnavailableException, InterruptedException {
    write(codec.lift(order), act("lifted", order));
  }

  /** The trail first: an act that nobody finds there was never done. */
  private void write(OutgoingRecord order, OutgoingRecord act)
      throws LogUnavailableException, InterruptedException {
    try (var producer = new KafkaProducer<byte[], byte[]>(clients.producer())) {
      producer.send(sendable(topics.trail(), act)).get();
      producer.send(sendable(topics.orders(), order)).get();
    } catch (InterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while writing an order");
    } catch (ExecutionException | KafkaException failed) {
      throw new LogUnavailableException(
          "cannot write to topics %s at %s: %s"
              .formatted(List.of(topics.trail(), topics.orders()), clients.addresses(), failed),
          failed);
    }
  }

  private OutgoingRecord act(String what, SignedOrder order) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("act", "order-" + what);
    json.setAll(OrderCodec.json(order));
    // A key of its own, so that compaction leaves it.
    var key = RecordKey.VERSION + "act/" + UUID.randomUUID();
    return new OutgoingRecord(key, EventType.ACT.text(), json.toString(), clock.instant());
  }

  private ProducerRecord<byte[], byte[]> sendable(String topic, OutgoingRecord record) {
    return new ProducerRecord<>(
        topic,
        0,
        record.key().getBytes(StandardCharsets.UTF_8),
        value(record),
        EventHeaders.of(record, "meshbridge/" + topics.federation()));
  }

  private static byte @Nullable [] value(OutgoingRecord record) {
    return record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
  }
}
