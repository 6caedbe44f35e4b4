package io.meshbridge.spi;

import java.util.Optional;

/** What must hold of a setting's value besides its type. Reads no files and asks nobody. */
@FunctionalInterface
public interface SettingRule {
  /**
   * What is wrong with a value, for people; empty if nothing is.
   *
   * @param value which parses
   * @param all the settings of the same mesh, as far as they parse
   */
  Optional<String> faultOf(String value, Settings all);

  /** Takes every value. */
  static SettingRule none() {
    return (value, all) -> Optional.empty();
  }

  /** This rule, and another one where this one has nothing to say. */
  default SettingRule and(SettingRule other) {
    return (value, all) -> faultOf(value, all).or(() -> other.faultOf(value, all));
  }
}
