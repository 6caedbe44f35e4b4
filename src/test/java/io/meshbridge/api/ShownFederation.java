package io.meshbridge.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/**
 * The service as it looks to those who only look: a federation and its configuration by hand, and
 * no messaging.
 */
public final class ShownFederation implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeFederation.class, FakeConfiguration.class, FakeDesk.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("meshbridge.messaging.enabled", "false");
  }
}
