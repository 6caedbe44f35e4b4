package io.meshbridge.cli;

import io.meshbridge.config.InvalidConfigurationException;

/** What has to be in order before a bridge runs, beyond its configuration. */
@FunctionalInterface
public interface BeforeRun {
  /**
   * Brings it in order.
   *
   * @throws InvalidConfigurationException if a setting leads to something that cannot be used
   */
  void prepare();
}
