package io.meshbridge.fourth;

import io.meshbridge.kafka.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A build of the bridge with the catalog among its adapters, and a broker. */
public final class CatalogBuild implements QuarkusTestProfile {
  static final String SWITCH = "tests.catalog-adapter";
  static final String FEDERATION = "fourth";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(SWITCH, "true", "meshbridge.federation", FEDERATION);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Broker.class));
  }

  /** A broker without any topic. */
  public static final class Broker implements QuarkusTestResourceLifecycleManager {
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
      broker = EmbeddedBroker.start();
      return Map.of("kafka.bootstrap.servers", broker.addresses());
    }

    @Override
    public void stop() {
      broker.close();
    }
  }
}
