package io.meshbridge.api;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.looking.ServedConfiguration;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A configuration that a test sets by hand. */
@Alternative
@Singleton
public final class FakeConfiguration implements ServedConfiguration {
  private volatile Optional<BridgeConfig> config = Optional.empty();

  void set(Optional<BridgeConfig> next) {
    config = next;
  }

  @Override
  public Optional<BridgeConfig> current() {
    return config;
  }
}
