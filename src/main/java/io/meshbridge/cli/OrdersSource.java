package io.meshbridge.cli;

/** Where commands get the desk for orders from. */
@FunctionalInterface
interface OrdersSource {
  /**
   * Opens it.
   *
   * @throws UnreachableException if the brokers cannot be reached
   */
  OrdersDesk open(ConfigOptions options) throws UnreachableException, InterruptedException;
}
