package io.meshbridge.cli;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** The desk for orders of the configured federation. */
@Singleton
final class OrdersAccess implements OrdersSource {
  private final ConfigAccess configuration;
  private final Instance<OrdersDesk.Opener> opener;

  OrdersAccess(ConfigAccess configuration, Instance<OrdersDesk.Opener> opener) {
    this.configuration = configuration;
    this.opener = opener;
  }

  @Override
  public OrdersDesk open(ConfigOptions options) throws UnreachableException, InterruptedException {
    return opener.get().open(configuration.federationOnly(options));
  }
}
