package io.meshbridge.it;

import io.meshbridge.testkit.tools.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One broker for all tests of a class; what they share it for is kept apart by federation names.
 */
final class BrokerExtension implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> settings;
  private Optional<KafkaBroker> broker = Optional.empty();

  BrokerExtension() {
    // Nobody else is going to join: waiting for them would only delay the first leader.
    this(Map.of("group.initial.rebalance.delay.ms", "0"));
  }

  BrokerExtension(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path folder = Federation.workFolder("kafka-" + context.getRequiredTestClass().getSimpleName());
    broker = Optional.of(KafkaBroker.start(folder, new LoopbackPorts(new Random()), settings));
  }

  KafkaBroker broker() {
    return broker.orElseThrow();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    broker.ifPresent(KafkaBroker::close);
  }
}
