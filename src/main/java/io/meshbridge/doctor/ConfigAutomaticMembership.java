package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import java.util.stream.Stream;

/** Whoever can write to the brokers becomes a member by himself. */
final class ConfigAutomaticMembership implements ConfigCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "config-automatic-membership",
        "",
        "any bridge can make any mesh a member, and nobody limits what it publishes",
        "switch it off in earnest, and add members by hand: meshbridge members add");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    return config.automaticMembership()
        ? Stream.of(found("meshbridge.membership.automatic", "automatic membership"))
        : Stream.empty();
  }
}
