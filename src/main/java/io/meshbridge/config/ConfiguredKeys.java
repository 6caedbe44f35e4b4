package io.meshbridge.config;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.smallrye.config.EnvConfigSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * The keys that somebody wrote down, and the values behind them.
 *
 * <p>The environment gives values but no keys: the name of a variable does not tell dots from
 * dashes, and a variable that merely begins like ours may be somebody else's. So its variables
 * override what is asked for by name, and are never taken for a misspelt key.
 */
final class ConfiguredKeys {
  private final Config config;
  private final SortedSet<String> names;

  ConfiguredKeys(Config config) {
    this.config = config;
    var written = writtenNames(config);
    this.names = new TreeSet<>();
    // The config itself knows which profile is active and so which names count.
    for (String name : config.getPropertyNames()) {
      if (written.contains(name)) {
        names.add(name);
      }
    }
  }

  /** The names below a prefix, without it; sorted. */
  SortedSet<String> below(String prefix) {
    var found = new TreeSet<String>();
    for (String name : names.tailSet(prefix)) {
      if (!name.startsWith(prefix)) {
        break;
      }
      found.add(name.substring(prefix.length()));
    }
    return Collections.unmodifiableSortedSet(found);
  }

  /** All names that begin with a prefix, those of the environment included; sorted. */
  SortedSet<String> allBelow(String prefix) {
    var found = new TreeSet<String>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(prefix)) {
        found.add(name.substring(prefix.length()));
      }
    }
    return Collections.unmodifiableSortedSet(found);
  }

  /**
   * The values of the given keys and of all that the specs know, where they have one.
   *
   * @param prefix stands before each key
   * @param faults told of each value that refers to something unknown
   */
  Map<String, String> values(
      String prefix, Set<String> keys, List<SettingSpec> specs, Consumer<Fault> faults) {
    var asked = new TreeSet<>(keys);
    specs.forEach(spec -> asked.add(spec.key()));
    var values = new TreeMap<String, String>();
    for (String key : asked) {
      var value = value(prefix + key, faults);
      // A misspelt key without a value is still a misspelt key.
      if (!value.isEmpty() || keys.contains(key)) {
        values.put(key, value);
      }
    }
    return values;
  }

  /** The value of a key; empty if it has none. */
  String value(String key, Consumer<Fault> faults) {
    var found = config.getConfigValue(key);
    var value = found.getValue();
    if (value != null) {
      return value.strip();
    }
    // Asked for as optional, a value that refers to nothing would be taken for one not given.
    var raw = found.getRawValue();
    if (raw != null && raw.contains("${")) {
      faults.accept(new Fault(key, "refers to something that has no value: " + raw));
    }
    return "";
  }

  private static Set<String> writtenNames(Config config) {
    var written = new HashSet<String>();
    for (var source : config.getConfigSources()) {
      if (source instanceof EnvConfigSource) {
        continue;
      }
      for (String name : source.getPropertyNames()) {
        boolean ofProfile = name.startsWith("%") && name.indexOf('.') > 0;
        written.add(ofProfile ? name.substring(name.indexOf('.') + 1) : name);
      }
    }
    return written;
  }
}
