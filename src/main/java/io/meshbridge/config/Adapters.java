package io.meshbridge.config;

import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.config.KnownAdapters.Kind;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.SettingSpec;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The adapters that this build holds, by kind. */
@Singleton
public final class Adapters {
  private final SortedMap<String, MeshAdapter> byKind;
  private final List<SettingSpec> filesSettings;

  /** With whatever was found at build time. */
  @Inject
  public Adapters(Instance<MeshAdapter> found, FilesBackend files) {
    this(found.stream().toList(), files.settings());
  }

  /**
   * @throws IllegalStateException if two adapters claim one kind
   */
  public Adapters(List<MeshAdapter> adapters, List<SettingSpec> filesSettings) {
    var sorted = new TreeMap<String, MeshAdapter>();
    for (MeshAdapter adapter : adapters) {
      var other = sorted.putIfAbsent(adapter.kind(), adapter);
      if (other != null) {
        throw new IllegalStateException(
            "two adapters claim kind "
                + adapter.kind()
                + ": "
                + other.getClass().getName()
                + " and "
                + adapter.getClass().getName());
      }
    }
    this.byKind = Collections.unmodifiableSortedMap(sorted);
    this.filesSettings = List.copyOf(filesSettings);
  }

  /** The adapter of a kind; empty if this build has none. */
  public Optional<MeshAdapter> find(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** All kinds, sorted. */
  public SortedSet<String> kinds() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byKind.keySet()));
  }

  /** What the configuration has to know of them. */
  public KnownAdapters known() {
    var kinds = new TreeMap<String, Kind>();
    byKind.forEach(
        (kind, adapter) -> kinds.put(kind, new Kind(adapter.nameTemplate(), adapter.settings())));
    return new KnownAdapters(kinds, filesSettings);
  }
}
