package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;

/** The bridge itself, as the command {@code run} sees it. */
public interface BridgeRunner {
  /**
   * Bridges until interrupted. Closes what it opened before it returns.
   *
   * @param config checked
   * @throws InterruptedException when it was asked to end, which is the usual way
   */
  void run(BridgeConfig config) throws InterruptedException;
}
