package io.meshbridge.config;

import static io.meshbridge.config.BridgeSettings.PREFIX;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What must hold of the bridge's own settings beyond that each value parses. */
final class GlobalRules {
  private final Settings globals;
  private final List<Fault> faults;

  GlobalRules(Settings globals, List<Fault> faults) {
    this.globals = globals;
    this.faults = faults;
  }

  /** Adds a fault for each rule that is broken. */
  void check(Set<String> kinds) {
    var federation = globals.require(BridgeSettings.FEDERATION);
    require(
        ConfigLoader.isDnsLabel(federation),
        BridgeSettings.FEDERATION,
        "'" + federation + "' is not a DNS label (a-z, 0-9, '-', at most 63 characters)");
    positive(BridgeSettings.HEARTBEAT_INTERVAL);
    positive(BridgeSettings.INITIAL_BACKOFF);
    positive(BridgeSettings.REPAIR_INTERVAL);
    positive(BridgeSettings.GUARD_WINDOW);
    within(BridgeSettings.DAMPING_BURST, 1, 1_000_000);
    within(BridgeSettings.REWRITES, 1, 1_000_000);
    within(BridgeSettings.GUARD_SHARE, 1, 100);
    within(BridgeSettings.GUARD_FLOOR, 0, 1_000_000);
    atLeastOne(BridgeSettings.PARALLELISM);
    atLeastOne(BridgeSettings.REPLICATION_FACTOR);
    ordered(BridgeSettings.HEARTBEAT_INTERVAL, BridgeSettings.STALE_AFTER, 1);
    ordered(BridgeSettings.INITIAL_BACKOFF, BridgeSettings.MAX_BACKOFF, 0);
    ApiSettings.check(globals, faults::add);
    for (String kind : kinds) {
      var key = BridgeSettings.NAMES + kind;
      NameTemplate.faultOf(globals.require(key)).ifPresent(message -> add(key, message));
    }
  }

  private void positive(String key) {
    require(
        globals.duration(key).compareTo(Duration.ZERO) > 0,
        key,
        "'" + globals.require(key) + "' must be more than nothing");
  }

  private void atLeastOne(String key) {
    globals
        .text(key)
        .ifPresent(
            value ->
                require(Integer.parseInt(value) >= 1, key, "'" + value + "' must be 1 or more"));
  }

  private void within(String key, int least, int most) {
    int value = globals.integer(key);
    require(
        value >= least && value <= most,
        key,
        "'" + value + "' must be from " + least + " to " + most);
  }

  private void ordered(String lesser, String greater, int minimalOrder) {
    require(
        globals.duration(greater).compareTo(globals.duration(lesser)) >= minimalOrder,
        greater,
        "'"
            + globals.require(greater)
            + "' must be "
            + (minimalOrder > 0 ? "more than " : "at least ")
            + PREFIX
            + lesser
            + ", which is "
            + globals.require(lesser));
  }

  private void require(boolean holds, String key, String message) {
    if (!holds) {
      add(key, message);
    }
  }

  private void add(String key, String message) {
    faults.add(new Fault(PREFIX + key, message));
  }
}
