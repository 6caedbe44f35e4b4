package io.meshbridge.spi;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The checked settings of one mesh. Made by {@link #check}, so every value in it parses. Its text
 * never shows values, since some are secret.
 */
public final class Settings {
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Checks what was configured against what an adapter reads, and fills in the defaults.
   *
   * @throws InvalidSettingsException naming every unknown key, missing key, malformed value, and
   *     value that breaks a rule
   */
  public static Settings check(List<SettingSpec> specs, Map<String, String> configured) {
    var faults = new ArrayList<Fault>();
    var values = new LinkedHashMap<String, String>();
    for (SettingSpec spec : specs) {
      var value = configured.getOrDefault(spec.key(), spec.defaultValue());
      if (!value.isEmpty()) {
        var fault = faultOf(spec, value);
        fault.ifPresentOrElse(faults::add, () -> values.put(spec.key(), value));
      } else if (spec.required()) {
        faults.add(new Fault(spec.key(), "is required: " + spec.description()));
      }
    }
    var known = new TreeSet<>(specs.stream().map(SettingSpec::key).toList());
    for (String key : new TreeSet<>(configured.keySet())) {
      if (!known.contains(key)) {
        faults.add(new Fault(key, "is unknown; known are " + known));
      }
    }
    // Rules are asked only about values that parse, and see no others.
    var checked = new Settings(values);
    specs.forEach(spec -> brokenRule(spec, checked).ifPresent(faults::add));
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return checked;
  }

  /** The text of a setting; empty if it was not given and has no default. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * The text of a setting that is required or has a default.
   *
   * @throws IllegalStateException if it has neither
   */
  public String require(String key) {
    return text(key)
        .orElseThrow(() -> new IllegalStateException("setting " + key + " has no value"));
  }

  /** A switch that has a default. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(require(key));
  }

  /** A whole number that has a default. */
  public int integer(String key) {
    return Integer.parseInt(require(key));
  }

  /** A duration that has a default. */
  public Duration duration(String key) {
    return parseDuration(require(key));
  }

  /** An absolute URL, if given. */
  public Optional<URI> url(String key) {
    return text(key).map(URI::create);
  }

  /** A path, if given. */
  public Optional<Path> path(String key) {
    return text(key).map(Path::of);
  }

  /** Only which settings have a value. */
  @Override
  public String toString() {
    return "Settings" + new TreeSet<>(values.keySet());
  }

  private static Optional<Fault> faultOf(SettingSpec spec, String value) {
    return isWellFormed(spec.type(), value)
        ? Optional.empty()
        : Optional.of(
            new Fault(spec.key(), spec.shown(value) + " is not " + expected(spec.type())));
  }

  private static Optional<Fault> brokenRule(SettingSpec spec, Settings all) {
    return all.text(spec.key())
        .flatMap(value -> spec.rule().faultOf(value, all))
        .map(message -> new Fault(spec.key(), message));
  }

  private static boolean isWellFormed(SettingSpec.Type type, String value) {
    try {
      return switch (type) {
        case TEXT -> true;
        case BOOLEAN -> value.equals("true") || value.equals("false");
        case INTEGER -> Integer.parseInt(value) >= 0;
        case DURATION -> !parseDuration(value).isNegative();
        case URL -> {
          var uri = new URI(value);
          yield uri.isAbsolute() && uri.getHost() != null;
        }
        case PATH -> !Path.of(value).toString().isEmpty();
      };
    } catch (NumberFormatException
        | DateTimeParseException
        | URISyntaxException
        | InvalidPathException malformed) {
      return false;
    }
  }

  private static String expected(SettingSpec.Type type) {
    return switch (type) {
      case TEXT -> "a text";
      case BOOLEAN -> "true or false";
      case INTEGER -> "a whole number, 0 or more";
      case DURATION -> "a duration such as 500ms, 10s or 5m";
      case URL -> "an absolute URL such as http://127.0.0.1:8500";
      case PATH -> "a path";
    };
  }

  static Duration parseDuration(String value) {
    var matcher = SHORT_DURATION.matcher(value);
    if (!matcher.matches()) {
      return Duration.parse(value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
