package io.meshbridge.config;

import io.meshbridge.spi.SettingSpec;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the configuration has to know of the adapters.
 *
 * @param kinds the makes of mesh that can be served, by the word that configuration uses
 * @param files the settings of a mesh whose backend is {@code files}
 */
public record KnownAdapters(SortedMap<String, Kind> kinds, List<SettingSpec> files) {

  /**
   * What one make of mesh brings.
   *
   * @param nameTemplate the default template of an import's name
   * @param settings the settings of a mesh whose backend is {@code live}
   */
  public record Kind(String nameTemplate, List<SettingSpec> settings) {
    /** Copies. */
    public Kind {
      settings = List.copyOf(settings);
    }

    /** Whether imports can be put into one namespace or another. */
    boolean hasNamespaces() {
      return settings.stream().anyMatch(setting -> setting.key().equals("namespace"));
    }
  }

  /** Copies. */
  public KnownAdapters {
    kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    files = List.copyOf(files);
  }
}
