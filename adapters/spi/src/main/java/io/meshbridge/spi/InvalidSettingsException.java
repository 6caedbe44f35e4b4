package io.meshbridge.spi;

import java.util.List;

/** Settings that cannot be used: all their faults at once. */
public final class InvalidSettingsException extends RuntimeException {
  private final transient List<Fault> faults;

  /**
   * One fault.
   *
   * @param key the setting, as {@link SettingSpec#key()} spells it
   * @param message the value (unless it is secret), what was expected, what to do
   */
  public record Fault(String key, String message) {}

  /** With all that was found. */
  public InvalidSettingsException(List<Fault> faults) {
    super(String.join("; ", faults.stream().map(f -> f.key() + ": " + f.message()).toList()));
    this.faults = List.copyOf(faults);
  }

  /**
   * All faults: what is missing or malformed in the order of the settings, then what is unknown,
   * then what breaks rules.
   */
  public List<Fault> faults() {
    return faults;
  }
}
