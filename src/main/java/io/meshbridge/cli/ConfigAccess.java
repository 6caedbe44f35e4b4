package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.Config;

/** The configuration of this process, checked when a command asks for it. */
@Singleton
final class ConfigAccess {
  private final Config config;
  private final Adapters adapters;

  ConfigAccess(Config config, Adapters adapters) {
    this.config = config;
    this.adapters = adapters;
  }

  /** All of it; throws what {@link ConfigLoader#load} throws. */
  BridgeConfig whole(ConfigOptions options) {
    requireRead(options);
    return loader().load(config);
  }

  /**
   * Only what concerns the federation; throws what {@link ConfigLoader#loadWithoutMeshes} throws.
   */
  BridgeConfig federationOnly(ConfigOptions options) {
    requireRead(options);
    return loader().loadWithoutMeshes(config);
  }

  /** A spelling that {@link Arguments} misses must not run a bridge without its configuration. */
  private static void requireRead(ConfigOptions options) {
    if (!ConfigFiles.locations(options.files())
        .equals(System.getProperty(ConfigFiles.LOCATIONS, ""))) {
      throw new InvalidInputException("--config: write it as '--config FILE' or '--config=FILE'");
    }
  }

  private ConfigLoader loader() {
    return new ConfigLoader(adapters.known(), processName());
  }

  /** Tells two bridges on one host apart, which the host's name alone would not. */
  private static String processName() {
    return hostName() + "-" + ProcessHandle.current().pid();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "bridge";
    }
  }
}
