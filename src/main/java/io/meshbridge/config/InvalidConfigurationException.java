package io.meshbridge.config;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.util.List;

/** A configuration that cannot be used: all its faults at once, each with its full key. */
public final class InvalidConfigurationException extends RuntimeException {
  private final transient List<Fault> faults;

  /** With all that was found, in the order of the settings. */
  public InvalidConfigurationException(List<Fault> faults) {
    super(String.join("; ", faults.stream().map(InvalidConfigurationException::line).toList()));
    this.faults = List.copyOf(faults);
  }

  /** All faults, in the order of the settings. */
  public List<Fault> faults() {
    return faults;
  }

  /** One line {@code key: message} for each fault. */
  public List<String> lines() {
    return faults.stream().map(InvalidConfigurationException::line).toList();
  }

  private static String line(Fault fault) {
    return fault.key() + ": " + fault.message();
  }
}
