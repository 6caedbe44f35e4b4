package io.meshbridge.it;

import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Brokers that one class of tests after the other takes: a start costs more than most of what is
 * then done with a broker.
 */
final class BrokerPool implements AutoCloseable {
  private final Queue<KafkaBroker> free = new ConcurrentLinkedQueue<>();

  /** One that nobody has; it may hold what others left behind. */
  KafkaBroker take() throws IOException, InterruptedException {
    var broker = free.poll();
    return broker == null ? start() : broker;
  }

  /** Takes it back for others, unless it does not serve any more. */
  void giveBack(KafkaBroker broker) throws InterruptedException {
    if (broker.isServing()) {
      free.add(broker);
    } else {
      broker.close();
    }
  }

  private static KafkaBroker start() throws IOException, InterruptedException {
    return KafkaBroker.start(
        Federation.workFolder("kafka"), new LoopbackPorts(new Random()), Map.of());
  }

  /** Ends all that were given back. */
  @Override
  public void close() {
    free.forEach(KafkaBroker::close);
  }
}
