package io.meshbridge.it;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One broker for all tests of a class, which no other class has meanwhile; what they share it for,
 * and what classes before left behind, is kept apart by federation names.
 */
final class BrokerExtension implements BeforeAllCallback, AfterAllCallback {
  private Optional<KafkaBroker> broker = Optional.empty();

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    broker = Optional.of(poolOf(context).take());
  }

  KafkaBroker broker() {
    return broker.orElseThrow();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (broker.isPresent()) {
      poolOf(context).giveBack(broker.get());
    }
  }

  private static BrokerPool poolOf(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(BrokerPool.class))
        .computeIfAbsent(BrokerPool.class);
  }
}
