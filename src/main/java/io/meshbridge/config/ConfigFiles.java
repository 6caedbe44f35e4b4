package io.meshbridge.config;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * The configuration files that were named on the command line, as sources of MicroProfile Config.
 * They stand above what is built in and below the environment; a later file above an earlier one.
 */
public final class ConfigFiles implements ConfigSourceProvider {
  /** The key below {@code meshbridge.} under which the command line hands the files over. */
  static final String LOCATIONS_KEY = "config-files";

  /** The system property that holds the files, joined by the platform's path separator. */
  public static final String LOCATIONS = "meshbridge." + LOCATIONS_KEY;

  /**
   * Above {@code application.properties} (250, 260 outside the jar), below the environment (300).
   */
  private static final int FIRST_ORDINAL = 270;

  private static final int MAX_FILES = 20;

  @Override
  public Iterable<ConfigSource> getConfigSources(ClassLoader classLoader) {
    var locations = System.getProperty(LOCATIONS, "");
    if (locations.isEmpty()) {
      return List.of();
    }
    var files = new ArrayList<Path>();
    for (String location : locations.split(File.pathSeparator, -1)) {
      files.add(Path.of(location));
    }
    return load(files);
  }

  /** The value of {@link #LOCATIONS} for these files. */
  public static String locations(List<Path> files) {
    return files.stream()
        .map(file -> file.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Reads all files.
   *
   * @throws InvalidConfigurationException naming every file that is missing, unreadable or no valid
   *     YAML, and every key that is written twice in a file; the keys of its faults are the files
   */
  public static List<ConfigSource> load(List<Path> files) {
    var faults = new ArrayList<Fault>();
    var sources = new ArrayList<ConfigSource>();
    for (Path file : files) {
      try {
        var text = Files.readString(file);
        faults.addAll(DuplicateKeys.in(file, text));
        sources.add(source(file, text, FIRST_ORDINAL + Math.min(sources.size(), MAX_FILES)));
      } catch (NoSuchFileException missing) {
        faults.add(fault(file, "does not exist"));
      } catch (IOException | UncheckedIOException unreadable) {
        faults.add(fault(file, "cannot be read: " + unreadable.getMessage()));
      } catch (RuntimeException malformed) {
        // The parsers of YAML and of properties throw what they like.
        faults.add(fault(file, "is not well formed: " + malformed.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidConfigurationException(faults);
    }
    return List.copyOf(sources);
  }

  private static ConfigSource source(Path file, String text, int ordinal) throws IOException {
    if (isProperties(file)) {
      var properties = new Properties();
      properties.load(new StringReader(text));
      Map<String, String> values = new HashMap<>();
      properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
      return new PropertiesConfigSource(values, file.toString(), ordinal);
    }
    return new YamlConfigSource(file.toString(), text, ordinal);
  }

  /** Whether a file holds properties; every other holds YAML. */
  static boolean isProperties(Path file) {
    return file.toString().endsWith(".properties");
  }

  private static Fault fault(Path file, String message) {
    return new Fault(file.toString(), message);
  }
}
